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

/// What hangs on invoices: deposits taken off, levies, drafts, branches, revaluations, contracts, the tax device.
#[test]
fn what_belongs_to_billing_fits_and_is_read_wide_and_narrow() {
    for (name, look) in [("desk", DESK), ("telephone", TELEPHONE)] {
        let Some((folder, _browser, tab)) = desk(look) else { return };
        let run = |args: &[&str]| {
            let on = ["--today", "2026-10-15"];
            let done = crate::support::ideni(folder.path(), &[args, &on].concat());
            assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        };
        let issue = ["invoice", "issue", "--customer", "C2"];
        run(&[&issue[..], &["--line", "Deposit for two nights;1;100000;B", "--deposit"]].concat());
        run(&["draft", "keep", "--customer", "C3", "--line", "Rice 25 kg;10;30000;B", "--line", "Delivery to Huye"]);
        run(&["branch", "add", "KGL", "--name", "Kigali Heights"]);
        run(&["contract", "add", "RENT-7", "--customer", "C4", "--name", "Shop 7", "--line", "Rent;1;310000;B"]);
        run(&[
            "meter",
            "add",
            "W-7",
            "--contract",
            "RENT-7",
            "--unit",
            "m³",
            "--tax-class",
            "B",
            "--blocks",
            "5:340,20:720,*:845",
        ]);
        tab.go("/invoices/new");
        tab.press("Musanze");
        tab.eval("document.querySelector('[name=\"lines[0].description\"]').focus()");
        tab.press("Night with breakfast");
        next(&tab, "3");
        next(&tab, "");
        next(&tab, "60000");
        tab.eval("document.querySelector('[name=\"lines[0].tax_class\"]').value = 'B+TT'");
        tab.eval("document.querySelector('button[value=look]').click()");
        tab.wait_to_see("input[name=settles]");
        tab.eval("document.querySelector('input[name=settles]').click()");
        tab.eval("document.querySelector('button[value=look]').click()");
        tab.wait_to_read("Less deposit");
        // 180,000 − 100,000, 18 % of it, and 3 % of the 180,000.
        tab.wait_to_read("RWF 99,800");
        tab.picture(&format!("invoice-settles-{name}"));
        for (page, shot) in [
            ("/drafts", "drafts"),
            ("/branches", "branches"),
            ("/revaluations", "revaluations"),
            ("/contracts", "contracts"),
            ("/contracts/RENT-7", "contract"),
            ("/ebm", "ebm"),
            ("/vat-returns", "vat-returns"),
            ("/reports/vat-return?period=2026-10", "vat-return"),
        ] {
            tab.go(page);
            tab.picture(&format!("{shot}-{name}"));
            assert!(tab.sideways() <= 0, "{page}");
            assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new(), "{page}");
        }
    }
}
