//! What is due is billed, a certificate is awaited, and an invoice is printed, as a biller sees it.

use super::desk;
use super::tab::{DESK, Look, TELEPHONE};
use crate::ebm::at_the_counter;
use crate::support::{Fate, ideni};

#[test]
fn what_is_due_is_looked_at_and_billed() {
    for (name, look) in [("desk", DESK), ("dark", Look { dark: true, ..DESK }), ("telephone", TELEPHONE)] {
        let Some((folder, _browser, tab)) = desk(look) else { return };
        for (code, customer, price) in [("RENT-7", "C2", "350000"), ("LINE-2", "C3", "45000")] {
            let line = format!("Shop;1;{price};B");
            let add = ["contract", "add", code, "--customer", customer, "--starts-on", "2026-09-15", "--line", &line];
            assert!(ideni(folder.path(), &add).status.success());
        }
        for setting in [["late-interest", "12"], ["late-fee", "5000"]] {
            let set = [&["setting", "set"], &setting[..], &["--today", "2026-08-01"]].concat();
            assert!(ideni(folder.path(), &set).status.success());
        }
        tab.go("/billing");
        tab.wait_to_read("RENT-7");
        tab.picture(&format!("billing-{name}"));
        assert!(tab.sideways() <= 0);
        assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new());
        let contracts = "form[action='/billing/contracts'] button";
        tab.eval(&format!("document.querySelector(\"{contracts}\").scrollIntoView({{block: 'center'}})"));
        tab.click(contracts);
        tab.wait_to_read("What was due is billed.");
        tab.go("/invoices/INV-000001");
        assert!(tab.count("a[href='/invoices/INV-000001/pdf']") == 1);
        tab.eval("document.querySelectorAll('details').forEach(one => one.open = true)");
        let certificates = "form[action='/invoices/INV-000001/certificates'] button";
        tab.eval(&format!("document.querySelector(\"{certificates}\").scrollIntoView({{block: 'center'}})"));
        tab.click(certificates);
        tab.wait_to_read("The certificate is noted.");
        tab.picture(&format!("certificate-{name}"));
        assert!(tab.sideways() <= 0);
        assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new());
    }
}

#[test]
fn what_waits_for_the_tax_device_is_seen_with_its_reason() {
    for (name, look) in [("desk", DESK), ("dark", Look { dark: true, ..DESK }), ("telephone", TELEPHONE)] {
        let Some((folder, _browser, tab)) = desk(look) else { return };
        tab.go("/ebm");
        tab.wait_to_read("No device is set");
        tab.picture(&format!("ebm-none-{name}"));
        assert!(tab.sideways() <= 0);
        let device = at_the_counter(folder.path());
        let issue = |line: &str| {
            let issued = ideni(folder.path(), &["invoice", "issue", "--customer", "C2", "--line", line]);
            assert!(issued.status.success());
        };
        issue("Rice 25 kg;10;30000;B");
        assert!(ideni(folder.path(), &["ebm", "send"]).status.success());
        device.will(&[Fate::Code("910"), Fate::Code("894")]);
        issue("Sugar 50 kg;4;62500;B");
        issue("Cooking oil 20 l;12;48000;B");
        assert!(ideni(folder.path(), &["ebm", "send"]).status.success());
        for (page, read, picture) in [
            ("/ebm", "A field is wrong", "ebm-queue"),
            ("/invoices/INV-000001", "SDC010000005", "ebm-receipt"),
            ("/invoices/INV-000002", "Take the invoice back", "ebm-refused"),
        ] {
            tab.go(page);
            tab.wait_to_read(read);
            tab.picture(&format!("{picture}-{name}"));
            assert!(tab.sideways() <= 0, "{page}");
            assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new(), "{page}");
        }
        tab.go("/");
        tab.wait_to_read("without an EBM receipt");
    }
}

#[test]
fn a_quote_is_kept_accepted_and_its_invoice_corrected() {
    for (name, look) in [("desk", DESK), ("telephone", TELEPHONE)] {
        let Some((folder, _browser, tab)) = desk(look) else { return };
        let on = ["--today", "2026-10-10"];
        let make =
            ["quote", "make", "--customer", "C2", "--line", "Rice 25 kg;10;30000;B", "--line", "Delivery;1;5000;B"];
        assert!(ideni(folder.path(), &[&make[..], &on].concat()).status.success());
        let other = ["quote", "make", "--customer", "C3", "--line", "Sugar;1;90000;B", "--kind", "proforma"];
        assert!(ideni(folder.path(), &[&other[..], &on].concat()).status.success());
        let decline = ["quote", "decline", "PF-000001", "--reason", "bought elsewhere"];
        assert!(ideni(folder.path(), &[&decline[..], &on].concat()).status.success());
        let accept = ["quote", "accept", "QT-000001"];
        assert!(ideni(folder.path(), &[&accept[..], &on].concat()).status.success());
        assert!(ideni(folder.path(), &[&make[..], &on].concat()).status.success());
        for (page, read, picture) in [
            ("/quotes", "bought elsewhere", "quotes"),
            ("/invoices/INV-000001/reissue", "Change what was wrong", "reissue"),
            ("/invoices/INV-000001", "Offered as", "invoice-offered"),
        ] {
            tab.go(page);
            tab.wait_to_read(read);
            tab.picture(&format!("{picture}-{name}"));
            assert!(tab.sideways() <= 0, "{page}");
            assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new(), "{page}");
        }
    }
}

#[test]
fn a_contract_is_seen_with_its_meters_and_what_is_billed_next() {
    for (name, look) in [("desk", DESK), ("dark", Look { dark: true, ..DESK }), ("telephone", TELEPHONE)] {
        let Some((folder, _browser, tab)) = desk(look) else { return };
        let done = |args: &[&str]| assert!(ideni(folder.path(), args).status.success(), "{args:?}");
        let line = ["--bills", "arrears", "--line", "Rent of the meter;1;1000;B"];
        let agreed = ["contract", "add", "WATER-7", "--customer", "C2", "--name", "Water", "--starts-on", "2026-06-01"];
        done(&[&agreed[..], &line].concat());
        let tariff = ["--description", "Water", "--unit", "m³", "--tax-class", "B", "--blocks", "5:340,20:720,*:845"];
        done(&[&["meter", "add", "M-17", "--contract", "WATER-7", "--begins-at", "1204"][..], &tariff].concat());
        done(&["meter", "read", "M-17", "--on", "2026-06-30", "--value", "1230"]);
        done(&["contract", "run", "--today", "2026-07-01"]);
        done(&["meter", "correct", "M-17", "--on", "2026-06-30", "--value", "1205", "--reason", "misread"]);
        let charge = ["contract", "charge", "WATER-7", "--description", "New connection", "--amount", "2500"];
        done(&[&charge[..], &["--tax-class", "B", "--on", "2026-07-15"]].concat());
        for (page, read, picture) in
            [("/contracts", "WATER-7", "contracts"), ("/contracts/WATER-7", "Too much usage", "contract")]
        {
            tab.go(page);
            tab.wait_to_read(read);
            tab.picture(&format!("{picture}-{name}"));
            assert!(tab.sideways() <= 0, "{page}");
            assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new(), "{page}");
        }
    }
}

#[test]
fn the_file_of_a_public_buyer_is_seen_on_its_way() {
    for (name, look) in [("desk", DESK), ("dark", Look { dark: true, ..DESK }), ("telephone", TELEPHONE)] {
        let Some((folder, _browser, tab)) = desk(look) else { return };
        let done = |on: &str, args: &[&str]| {
            let told = ideni(folder.path(), &[args, &["--today", on]].concat());
            assert!(told.status.success(), "{args:?}");
        };
        done("2026-08-01", &["invoice-file", "need", "C2", "--term-from", "acceptance"]);
        for (on, order) in [("2026-08-10", "PO-7"), ("2026-09-21", "PO-8"), ("2026-10-02", "PO-9")] {
            let line = format!("Desks for {order};10;60000;B");
            done(on, &["invoice", "issue", "--customer", "C2", "--line", &line, "--order", order]);
        }
        std::fs::write(folder.path().join("quitus.pdf"), "%PDF-1.4 quitus").expect("a paper");
        let clearance = ["paper", "add", "customer", "C2", "quitus.pdf", "--kind", "tax-clearance"];
        done("2026-08-11", &[&clearance[..], &["--valid-until", "2026-10-31"]].concat());
        let say = |on: &str, number: &str, args: &[&str]| {
            done(on, &[&["invoice-file", "say", number], args].concat());
        };
        let without = ["--reason", "the ministry takes it without", "--reference", "register 77"];
        say("2026-08-12", "INV-000001", &[&["handed-in"], &without[..]].concat());
        say("2026-08-20", "INV-000001", &["returned", "--reason", "the acceptance is not signed"]);
        say("2026-09-30", "INV-000002", &[&["handed-in"], &without[..]].concat());
        say("2026-10-05", "INV-000002", &["approved", "--reference", "PV 12/2026"]);
        for (page, read, picture) in [
            ("/invoice-files", "returned", "invoice-files"),
            ("/invoices/INV-000002", "PV 12/2026", "invoice-file"),
            ("/customers/C2/edit", "term from the day of approval", "invoice-file-wants"),
            ("/reports/invoice-files", "not handed in", "invoice-files-report"),
        ] {
            tab.go(page);
            tab.wait_to_read(read);
            tab.eval(
                "document.querySelectorAll('#file details, #invoice-file details').forEach(one => one.open = true)",
            );
            tab.eval("(document.querySelector('#file, #invoice-file') || document.body).scrollIntoView()");
            tab.picture(&format!("{picture}-{name}"));
            assert!(tab.sideways() <= 0, "{page}");
            assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new(), "{page}");
        }
    }
}

#[test]
fn papers_wait_to_be_sent_and_goods_are_counted() {
    for (name, look) in [("desk", DESK), ("dark", Look { dark: true, ..DESK }), ("telephone", TELEPHONE)] {
        let Some((folder, _browser, tab)) = desk(look) else { return };
        let done = |args: &[&str]| assert!(ideni(folder.path(), args).status.success(), "{args:?}");
        let _device = at_the_counter(folder.path());
        done(&[
            "item",
            "add",
            "RICE25",
            "--name",
            "Rice 25 kg",
            "--tax-class",
            "B",
            "--kind",
            "finished",
            "--unit",
            "bag",
        ]);
        done(&["setting", "set", "stock", "yes", "--reason", "we sell goods"]);
        done(&["setting", "set", "send-documents", "when-issued"]);
        done(&["stock", "move", "RICE25", "120", "--kind", "purchase", "--unit-price", "28000", "--remark", "GRN 881"]);
        done(&["customer", "save", "C2", "--terms", "2/10; net 30"]);
        done(&["invoice", "issue", "--customer", "C2", "--line", "@RICE25;10;30000;B"]);
        done(&["ebm", "send"]);
        done(&["stock", "move", "RICE25", "0.5", "--kind", "discarding", "--remark", "wet"]);
        for (page, read, picture) in [
            ("/items/RICE25", "GRN 881", "stock"),
            ("/outbox", "INV-000001", "outbox-papers"),
            ("/invoices/INV-000001", "To the outbox", "invoice-to-send"),
            ("/customers/C2/edit", "Terms", "customer-terms"),
        ] {
            tab.go(page);
            tab.wait_to_read(read);
            tab.picture(&format!("{picture}-{name}"));
            assert!(tab.sideways() <= 0, "{page}");
            assert_eq!(tab.inaccessible().unwrap_or_default(), Vec::<String>::new(), "{page}");
        }
    }
}
