//! The whole program, run as its users run it. One binary, one module a topic.

mod batch;
mod browser;
mod change;
mod charts;
mod ci;
#[cfg(unix)]
mod disk;
mod errors;
mod fleet;
mod gate;
mod languages;
mod layouts;
mod mapping;
mod measured;
mod models;
mod mutations;
mod numbers;
mod outputs;
mod round_trip;
mod same_bytes;
mod samples;
mod scripts;
mod settings;
mod templates;
mod themes;
mod tools;
mod workbooks;
mod workdir;
mod write;
