//! What Typst may see: templates, fonts, the logo and the paper of this print. Nothing else is there to be read.

use std::collections::HashMap;
use std::sync::Arc;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/IBMPlexSans-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSans-SemiBold.ttf"),
    include_bytes!("../fonts/DejaVuSans.ttf"),
];

/// What every print has in common: Typst's own functions and the fonts.
pub struct Shelf {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

impl Shelf {
    pub fn new() -> Shelf {
        let fonts: Vec<Font> = FONTS.into_iter().flat_map(|font| Font::iter(Bytes::new(font))).collect();
        Shelf { library: LazyHash::new(Library::default()), book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    }

    pub fn book(&self) -> &FontBook {
        &self.book
    }
}

/// The templates of a company by their place.
pub type Sources = HashMap<FileId, Source>;

/// A file of the world by its name, such as `look.typ`. `None` if it leads out of the world.
pub fn place(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok().filter(|path| !path.is_root())?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The world of one print.
pub struct Desk {
    pub shelf: Arc<Shelf>,
    pub sources: Arc<Sources>,
    pub main: FileId,
    /// The document, pictures and attachments.
    pub files: Vec<(FileId, Bytes)>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.shelf.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shelf.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or_else(|| missing(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let file = self.files.iter().find(|(place, _)| *place == id);
        file.map(|(_, bytes)| bytes.clone()).ok_or_else(|| missing(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shelf.fonts.get(index).cloned()
    }

    /// There is no clock: a day that a paper shows is part of its document.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
