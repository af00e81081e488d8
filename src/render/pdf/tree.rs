//! What the content means: the tree of headings, paragraphs, tables and figures that a screen reader walks.

/// A node's number in its [`Tree`].
pub type NodeId = usize;

/// The root of every tree.
pub const ROOT: NodeId = 0;

/// What a node is, in the words of the PDF standard (ISO 32000-1, 14.8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The whole document.
    Document,
    /// A chapter.
    Sect,
    /// A heading, 1 to 6.
    Heading(u8),
    /// A paragraph.
    P,
    /// A list.
    L,
    /// An item of a list.
    LI,
    /// Its label.
    Lbl,
    /// What it says.
    LBody,
    /// A table.
    Table,
    /// Its head.
    THead,
    /// Its rows.
    TBody,
    /// A row.
    TR,
    /// The head of a column.
    ColumnHead,
    /// The head of a row.
    RowHead,
    /// A cell.
    TD,
    /// The caption of a table or list.
    Caption,
    /// A picture.
    Figure,
    /// A link.
    Link,
    /// A table of contents.
    Toc,
    /// An entry of it.
    Toci,
    /// What an entry refers to.
    Reference,
}

impl Role {
    /// Its name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Role::Document => "Document",
            Role::Sect => "Sect",
            Role::Heading(level) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(level.clamp(1, 6)) - 1],
            Role::P => "P",
            Role::L => "L",
            Role::LI => "LI",
            Role::Lbl => "Lbl",
            Role::LBody => "LBody",
            Role::Table => "Table",
            Role::THead => "THead",
            Role::TBody => "TBody",
            Role::TR => "TR",
            Role::ColumnHead | Role::RowHead => "TH",
            Role::TD => "TD",
            Role::Caption => "Caption",
            Role::Figure => "Figure",
            Role::Link => "Link",
            Role::Toc => "TOC",
            Role::Toci => "TOCI",
            Role::Reference => "Reference",
        }
    }
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub role: Role,
    /// The node it belongs to; itself for the root.
    pub parent: NodeId,
    /// Its parts in reading order.
    pub kids: Vec<NodeId>,
    /// What a picture shows, or a table is about, in words; empty for none.
    pub alt: String,
}

/// The tree, parents before their children.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// All nodes; the first is the document.
    pub nodes: Vec<Node>,
}

impl Tree {
    /// A document without content.
    pub fn new() -> Self {
        Self { nodes: vec![Node { role: Role::Document, parent: ROOT, kids: Vec::new(), alt: String::new() }] }
    }

    /// Adds a node as the last part of `parent`.
    pub fn add(&mut self, parent: NodeId, role: Role) -> NodeId {
        let id = self.nodes.len();
        self.nodes.push(Node { role, parent, kids: Vec::new(), alt: String::new() });
        self.nodes[parent].kids.push(id);
        id
    }

    /// Takes out the nodes added since there were `count` of them.
    pub fn forget(&mut self, count: usize) {
        self.nodes.truncate(count);
        for node in &mut self.nodes {
            node.kids.retain(|kid| *kid < count);
        }
    }

    /// Adds a node that is described in words.
    pub fn add_described(&mut self, parent: NodeId, role: Role, alt: &str) -> NodeId {
        let id = self.add(parent, role);
        alt.clone_into(&mut self.nodes[id].alt);
        id
    }
}
