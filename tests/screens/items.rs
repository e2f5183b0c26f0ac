//! The catalogue as a biller sees it: an item is written down, priced, and billed by its code.

use super::desk;
use super::tab::{DESK, Look, TELEPHONE};
use crate::support::ideni;

#[test]
fn an_item_is_written_priced_and_billed() {
    for (name, look) in [("desk", DESK), ("dark", Look { dark: true, ..DESK }), ("telephone", TELEPHONE)] {
        let Some((folder, _browser, tab)) = desk(look) else { return };
        for (code, called, price) in [
            ("RICE-25", "Rice 25 kg", "30000"),
            ("OIL-20", "Cooking oil 20 l", "48000"),
            ("RTL", "أرز ٢٥ كغ", "700.25"),
        ] {
            let add = ["item", "add", code, "--name", called, "--tax-class", "B", "--price", price, "--unit", "bag"];
            assert!(ideni(folder.path(), &[&add[..], &["--today", "2026-08-01"]].concat()).status.success());
        }
        tab.go("/items");
        tab.wait_to_read("Cooking oil 20 l");
        tab.picture(&format!("items-{name}"));
        assert!(tab.sideways() <= 0);
        assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new());
        tab.go("/items/RICE-25");
        tab.eval("document.querySelector('[name=unit_price]').focus()");
        tab.press("28000");
        tab.eval("document.querySelector('[name=from_quantity]').focus()");
        tab.press("10");
        tab.press_enter();
        tab.wait_to_read("The price is recorded.");
        tab.wait_to_read("RWF 28,000");
        tab.picture(&format!("item-{name}"));
        assert!(tab.sideways() <= 0);
        assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new());
        tab.go("/invoices/new");
        tab.press("Musanze");
        tab.eval("document.querySelector('[name=\"lines[0].description\"]').focus()");
        tab.press("@RICE-25");
        tab.eval("document.querySelector('[name=\"lines[0].quantity\"]').focus()");
        tab.press("10");
        tab.press_enter();
        tab.wait_to_see("button[value=post]");
        tab.wait_to_read("Rice 25 kg · 28,000 · B");
        tab.picture(&format!("invoice-of-item-{name}"));
        assert!(tab.sideways() <= 0);
        assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new());
    }
}
