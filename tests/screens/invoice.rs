//! An invoice by keyboard: written, worked out, posted.

use super::desk;
use super::tab::{DESK, Look, TELEPHONE};

/// Goes to the next field and types.
fn next(tab: &super::tab::Tab, text: &str) {
    tab.press("\u{e004}");
    if !text.is_empty() {
        tab.press(text);
    }
}

#[test]
fn five_lines_are_written_worked_out_and_posted_without_a_mouse() {
    for (name, look) in [("desk", DESK), ("dark", Look { dark: true, ..DESK }), ("telephone", TELEPHONE)] {
        let Some((_folder, _browser, tab)) = desk(look) else { return };
        tab.go("/invoices/new");
        assert_eq!(tab.eval("return document.activeElement.name"), "customer");
        tab.press("Musanze");
        tab.eval("document.querySelector('[name=prices]').focus()");
        for (what, quantity, price) in [
            ("Rice 25 kg", "10", "30000"),
            ("Sugar 50 kg", "4", "62500"),
            ("Cooking oil 20 l", "12", "48000"),
            ("Delivery to Musanze", "1", "15000"),
            ("Pallets", "2.5", "4000"),
        ] {
            next(&tab, what);
            next(&tab, quantity);
            next(&tab, "");
            next(&tab, price);
            next(&tab, "");
            next(&tab, "");
        }
        next(&tab, "");
        tab.press_enter();
        tab.wait_to_see("button[value=post]");
        tab.picture(&format!("invoice-worked-out-{name}"));
        // 300,000 + 250,000 + 576,000 + 15,000 + 10,000, and 18 % of it.
        tab.wait_to_read("RWF 1,358,180");
        assert!(tab.sideways() <= 0);
        assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new());
        assert_eq!(tab.eval("return document.activeElement.value"), "post");
        tab.press_enter();
        tab.wait_to_read("The invoice is posted.");
        assert_eq!(tab.at(), "/invoices/INV-000001");
        tab.picture(&format!("invoice-posted-{name}"));
    }
}
