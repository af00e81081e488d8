//! Thrift's compact protocol, which Parquet keeps its own structure in: bytes -> a tree, no larger than the bytes.

/// The most values that one file may say about itself.
const MAX_NODES: usize = 1_000_000;
const MAX_DEPTH: usize = 20;

/// One value. Numbers with a fraction are of no use here and stand as 0.
pub(super) enum Node<'a> {
    /// A whole number or a truth (1, 0).
    Whole(i64),
    /// Text or bytes.
    Bytes(&'a [u8]),
    /// A list, a set, or the keys and values of a map in turn.
    Many(Vec<Node<'a>>),
    /// A structure: field number and value.
    Fields(Vec<(i16, Node<'a>)>),
}

impl<'a> Node<'a> {
    /// A field of a structure.
    pub(super) fn get(&self, id: i16) -> Option<&Node<'a>> {
        match self {
            Self::Fields(fields) => fields.iter().find(|(own, _)| *own == id).map(|(_, node)| node),
            _ => None,
        }
    }

    /// A field that is a whole number.
    pub(super) fn whole(&self, id: i16) -> Option<i64> {
        match self.get(id)? {
            Self::Whole(number) => Some(*number),
            _ => None,
        }
    }

    /// A field that is a list; empty where there is none.
    pub(super) fn list(&self, id: i16) -> &[Node<'a>] {
        match self.get(id) {
            Some(Self::Many(nodes)) => nodes,
            _ => &[],
        }
    }
}

/// Reads structures off the front of bytes.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
    left: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, left: MAX_NODES }
    }

    /// How many bytes have been read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The next structure; `None` where the bytes hold none.
    pub(super) fn structure(&mut self) -> Option<Node<'a>> {
        self.value(12, 0)
    }

    fn value(&mut self, kind: u8, depth: usize) -> Option<Node<'a>> {
        self.left = self.left.checked_sub(1)?;
        if depth > MAX_DEPTH {
            return None;
        }
        Some(match kind {
            1 => Node::Whole(1),
            2 => Node::Whole(0),
            3 => Node::Whole(i64::from(self.byte()?.cast_signed())),
            4..=6 => {
                let number = self.varint()?;
                Node::Whole((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
            }
            7 => {
                self.take(8)?;
                Node::Whole(0)
            }
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Node::Bytes(self.take(length)?)
            }
            9 | 10 => {
                let head = self.byte()?;
                let length = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
                self.many(length, &[head & 15], depth)?
            }
            11 => match self.varint()? {
                0 => Node::Many(Vec::new()),
                length => {
                    let kinds = self.byte()?;
                    self.many(length.checked_mul(2)?, &[kinds >> 4, kinds & 15], depth)?
                }
            },
            12 => self.fields(depth)?,
            _ => return None,
        })
    }

    /// Elements of the kinds given, in turn. Grows by what is there, never by what is claimed.
    fn many(&mut self, length: u64, kinds: &[u8], depth: usize) -> Option<Node<'a>> {
        let mut nodes = Vec::new();
        for index in 0..length {
            let kind = kinds[usize::try_from(index).ok()? % kinds.len()];
            // In a list a truth has a byte of its own.
            nodes.push(match kind {
                1 | 2 => Node::Whole(i64::from(self.byte()? == 1)),
                _ => self.value(kind, depth + 1)?,
            });
        }
        Some(Node::Many(nodes))
    }

    fn fields(&mut self, depth: usize) -> Option<Node<'a>> {
        let mut fields = Vec::new();
        let mut id: i16 = 0;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(Node::Fields(fields));
            }
            id = match head >> 4 {
                0 => {
                    let number = self.varint()?;
                    i16::try_from((number >> 1).cast_signed() ^ -(number & 1).cast_signed()).ok()?
                }
                step => id.checked_add(i16::from(step))?,
            };
            fields.push((id, self.value(head & 15, depth + 1)?));
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(length)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}
