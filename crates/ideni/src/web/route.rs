//! One table of routes: each row names the path, the right it needs and the function that answers. A page that is not
//! in the table does not exist, and a row without a right does not compile.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use store::Error;

use super::Web;
use super::ask::{Ask, Takes};
use super::page::{Desk, Page, answer, answer_at_door};
use crate::actions::Right;

/// Answers a request of somebody who is signed in.
pub type Handler = fn(&Desk, &Ask) -> Result<Response, Error>;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    Get,
    Post,
}

/// One row: what is asked, which right it takes, who answers.
#[derive(Clone, Copy)]
pub struct Route {
    pub verb: Verb,
    pub path: &'static str,
    pub right: Right,
    pub run: Handler,
    /// The page a refused form is shown on again, with what was typed.
    pub again: Option<Handler>,
    /// The largest body in bytes.
    pub bytes_max: usize,
    /// Whether files come with the form.
    pub files: bool,
    /// Whether the answer is a file and no page.
    pub is_file: bool,
}

/// What a form may hold.
const FORM_BYTES_MAX: usize = 64 << 10;

impl Route {
    pub const fn get(path: &'static str, right: Right, run: Handler) -> Route {
        Route { verb: Verb::Get, path, right, run, again: None, bytes_max: 0, files: false, is_file: false }
    }

    pub const fn post(path: &'static str, right: Right, run: Handler) -> Route {
        Route {
            verb: Verb::Post,
            path,
            right,
            run,
            again: None,
            bytes_max: FORM_BYTES_MAX,
            files: false,
            is_file: false,
        }
    }

    /// Answers with a file: a download, or a part of a page.
    pub const fn a_file(self) -> Route {
        Route { is_file: true, ..self }
    }

    /// Shows this page again, with what was typed and the sentence at its field, when the action refuses.
    pub const fn again(self, page: Handler) -> Route {
        Route { again: Some(page), ..self }
    }

    /// Takes files, no more than so many bytes of them.
    pub const fn files(self, bytes_max: usize) -> Route {
        Route { files: true, bytes_max, ..self }
    }

    /// What may come with a request.
    pub fn takes(&self) -> Takes {
        match self.verb {
            Verb::Get => Takes::Nothing,
            Verb::Post if self.files => Takes::Files(self.bytes_max),
            Verb::Post => Takes::Form(self.bytes_max),
        }
    }

    fn method(&'static self) -> MethodRouter<Arc<Web>> {
        let run = move |State(web): State<Arc<Web>>, request: Request| answer(web, self, request);
        match self.verb {
            Verb::Get => get(run),
            Verb::Post => post(run),
        }
    }
}

/// Answers whoever comes to the door and is not signed in yet. The page has no user.
pub type DoorHandler = fn(&Web, &Page, &Ask) -> Result<Response, Error>;

/// A page before anybody is signed in: the way in, and nothing of the book.
#[derive(Clone, Copy)]
pub struct Entrance {
    pub verb: Verb,
    pub path: &'static str,
    pub run: DoorHandler,
}

impl Entrance {
    pub const fn get(path: &'static str, run: DoorHandler) -> Entrance {
        Entrance { verb: Verb::Get, path, run }
    }

    pub const fn post(path: &'static str, run: DoorHandler) -> Entrance {
        Entrance { verb: Verb::Post, path, run }
    }

    /// What may come with a request.
    pub fn takes(&self) -> Takes {
        if self.verb == Verb::Get { Takes::Nothing } else { Takes::Form(FORM_BYTES_MAX) }
    }

    fn method(&'static self) -> MethodRouter<Arc<Web>> {
        let run = move |State(web): State<Arc<Web>>, request: Request| answer_at_door(web, self, request);
        match self.verb {
            Verb::Get => get(run),
            Verb::Post => post(run),
        }
    }
}

/// Every row of the rooms and of the entrances, in one router.
pub fn router(rooms: &'static [&'static [Route]], entrances: &'static [&'static [Entrance]]) -> Router<Arc<Web>> {
    let router = Router::new();
    let router =
        rooms.iter().flat_map(|room| room.iter()).fold(router, |router, row| router.route(row.path, row.method()));
    entrances.iter().flat_map(|door| door.iter()).fold(router, |router, row| router.route(row.path, row.method()))
}
