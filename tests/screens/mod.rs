//! Stories in a real browser: the first day, by keyboard, on a telephone, in Kinyarwanda, without script, in the dark.

mod tab;

use tab::{DESK, Look, TELEPHONE, Tab};

use crate::support::{Browser, small_book};

/// Every screen is readable by everybody, fits its width, and is left as a picture to look at.
#[test]
fn every_screen_fits_and_is_accessible() {
    let folder = small_book();
    let browser = Browser::signed_in(folder.path(), "sqlite:ideni.db");
    let looks = [
        ("desk", DESK),
        ("dark", Look { dark: true, ..DESK }),
        ("telephone", TELEPHONE),
        ("kinyarwanda", Look { language: "rw", ..TELEPHONE }),
    ];
    let screens = ["/", "/worklist", "/accounts/C1", "/ageing", "/outbox", "/holidays", "/import"];
    for (name, look) in looks {
        let Some(tab) = Tab::open(&browser.host, look) else { return };
        tab.sign_in();
        for path in screens {
            tab.go(path);
            tab.picture(&format!("{}-{name}", path.trim_matches('/').replace('/', "-")));
            assert!(tab.sideways() <= 0, "{path} {name} is wider than the screen");
            let faults = tab.inaccessible().unwrap_or_default();
            assert!(faults.is_empty(), "{path} {name}: {faults:#?}");
        }
    }
}
