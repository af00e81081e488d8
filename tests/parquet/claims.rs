//! Files that claim more than they hold: refused before any room is made for it.

fn message(bytes: &[u8]) -> String {
    gapwise::sheet::read("ratings.parquet", bytes).expect_err("it cannot be read").0[0].message.clone()
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// A structure of fields given by number, kind and bytes.
fn fields(fields: &[(u8, u8, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut last = 0;
    for (id, kind, value) in fields {
        bytes.push((id - last) << 4 | kind);
        bytes.extend(value);
        last = *id;
    }
    bytes.push(0);
    bytes
}

fn whole(id: u8, number: i64) -> (u8, u8, Vec<u8>) {
    (id, 6, varint(((number << 1) ^ (number >> 63)).cast_unsigned()))
}

fn list(id: u8, elements: &[Vec<u8>]) -> (u8, u8, Vec<u8>) {
    let mut bytes = vec![0xfc];
    bytes.extend(varint(elements.len() as u64));
    bytes.extend(elements.concat());
    (id, 9, bytes)
}

/// A file of one column and one page, with some of its claims changed.
#[derive(Clone)]
struct Claims {
    children: i64,
    elements: usize,
    rows: i64,
    codec: i64,
    length: Option<i64>,
    size: i64,
    values: i64,
    encoding: i64,
    dictionary: bool,
}

const HONEST: Claims = Claims {
    children: 1,
    elements: 1,
    rows: 3,
    codec: 1,
    length: None,
    size: 100,
    values: 3,
    encoding: 0,
    dictionary: false,
};

impl Claims {
    fn file(&self) -> Vec<u8> {
        let head = fields(&[whole(1, self.values), whole(2, self.encoding)]);
        let kind = if self.dictionary { 7 } else { 5 };
        let page = fields(&[whole(1, 0), whole(2, self.size), whole(3, 4), (kind, 12, head)]);
        let chunk = [page, vec![0; 4]].concat();
        let length = self.length.unwrap_or(chunk.len() as i64);
        let name = (3, 9, [vec![0x18, 1], vec![b'a']].concat());
        let about = fields(&[name, whole(4, self.codec), whole(7, length), whole(9, 4)]);
        let group = fields(&[list(1, &[fields(&[(3, 12, about)])]), whole(3, self.rows)]);
        let mut schema = vec![fields(&[whole(5, self.children)])];
        schema.resize(1 + self.elements, fields(&[whole(1, 5)]));
        let footer = fields(&[list(2, &schema), whole(3, self.rows), list(4, &[group])]);
        let size = (footer.len() as u32).to_le_bytes().to_vec();
        [b"PAR1".to_vec(), chunk, footer, size, b"PAR1".to_vec()].concat()
    }
}

#[test]
fn no_claim_is_trusted() {
    assert_eq!(
        message(&HONEST.file()),
        "Parquet, but its end cannot be read",
        "the page is no page, the claims hold"
    );
    let claims = |change: fn(&mut Claims)| {
        let mut claims = HONEST;
        change(&mut claims);
        message(&claims.file())
    };
    for (change, message) in [
        ((|it| it.children = 1 << 40) as fn(&mut Claims), "Parquet, but its list of columns contradicts itself"),
        (|it| it.children = 2, "Parquet, but its list of columns contradicts itself"),
        (|it| it.elements = 2, "Parquet, but its list of columns contradicts itself"),
        (|it| (it.elements, it.children) = (1_000, 1_000), "the table has 1001 columns, the limit is 1000"),
        (|it| it.rows = -1, "Parquet, but its counts of rows contradict each other"),
        (|it| it.rows = 2_000_000, "the table has 2000000 rows of 1 columns"),
        (|it| it.codec = 6, "column `a` is packed with zstd, which is not read"),
        (|it| it.codec = 99, "column `a` is packed with an unknown compression, which is not read"),
        (|it| it.length = Some(1 << 40), "Parquet, but column `a` lies outside of the file"),
        (|it| it.size = 1 << 31, "a page of column `a` claims 2147483648 bytes, the limit is 67108864"),
        (|it| it.codec = 0, "Parquet, but a page of column `a` claims another size than it has"),
        (|it| it.values = 1 << 31, "a page of column `a` claims 2147483648 values, the limit is 5000000"),
        (|it| (it.dictionary, it.values) = (true, 101), "a page of column `a` claims 101 values, the limit is 100"),
        (|it| it.encoding = 7, "column `a` is encoded as DELTA_BYTE_ARRAY, which is not read"),
        (|it| it.encoding = 11, "Parquet, but a page of column `a` has an unknown encoding"),
    ] {
        assert_eq!(claims(change), message);
    }
}

#[test]
fn an_end_that_is_none() {
    let honest = HONEST.file();
    let with_end = |length: u32, mark: &[u8]| {
        let mut bytes = honest[..honest.len() - 8].to_vec();
        bytes.extend(length.to_le_bytes());
        bytes.extend(mark);
        message(&bytes)
    };
    assert_eq!(with_end(u32::MAX, b"PAR1"), "Parquet, but its end claims more bytes than there are");
    assert_eq!(with_end(0, b"PAR1"), "Parquet, but its end cannot be read");
    assert_eq!(with_end(9, b"PARE"), "locked by a password, no sheet can be read");
    // Lists within lists without end, each byte one deeper.
    let deep = [b"PAR1".to_vec(), vec![0x19; 5_000], 5_000_u32.to_le_bytes().to_vec(), b"PAR1".to_vec()].concat();
    assert_eq!(message(&deep), "Parquet, but its end cannot be read");
}
