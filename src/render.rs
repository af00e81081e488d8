//! A report -> bytes. One file a format; nothing here decides about numbers or wording.

pub mod pdf;
