//! The desk through the API, from an invoice to what it comes to.

use serde_json::{Value, json};

use super::each_place;

#[test]
fn the_desk_works_through_the_api() {
    each_place(|_, served| {
        let post = |path: &str, body: Value| {
            let answer = served.post(path, &body);
            assert_eq!(answer.status, 201, "{path} {body}: {answer:?}");
            answer.body
        };
        let get = |path: &str| {
            let answer = served.get(path);
            assert_eq!(answer.status, 200, "{path}: {answer:?}");
            answer.body
        };
        let id = |of: &Value| of["id"].as_str().expect("an id").to_owned();
        // Bill.
        let lines =
            json!([{ "description": "Rice", "quantity": "2.5", "unit_price": "400", "tax_class": "B", "unit": "bag" }]);
        let invoice = json!({ "customer": "C1", "issued_on": "2026-10-01", "due_on": "2026-10-15", "lines": lines, "tax": "180",
            "instalments": [{ "due_on": "2026-10-10", "weight": 1 }, { "due_on": "2026-10-15", "weight": 1 }] });
        let issued = post("/invoices", invoice);
        let number = issued["number"].as_str().expect("a number").to_owned();
        assert_eq!(number, "INV-000001");
        let shown = get(&format!("/invoices/{number}"));
        assert_eq!((&shown["net"], &shown["tax"], &shown["total"]), (&json!("1000"), &json!("180"), &json!("1180")));
        assert_eq!((&shown["lines"][0]["net"], &shown["instalments"][1]["open"]), (&json!("1000"), &json!("590")));
        // Receive, apply, take back.
        let receipt =
            post("/receipts", json!({ "amount": "2000", "reference": "FT9", "on": "2026-10-18", "payer": "Kigali" }));
        assert_eq!((&receipt["unidentified"], &receipt["customer"]), (&json!("2000"), &Value::Null));
        let known = post("/receipts/FT9/identification", json!({ "customer": "C1" }));
        assert_eq!((&known["unidentified"], &known["unapplied"]), (&json!("0"), &json!("2000")));
        let made = post("/allocations", json!({ "source": "FT9", "invoice": number, "amount": "600" }));
        let parts = made["allocations"].as_array().expect("parts");
        assert_eq!((parts.len(), &parts[0]["amount"], &parts[1]["amount"]), (2, &json!("590"), &json!("10")));
        let back = format!("/allocations/{}/reversal", id(&parts[1]));
        post(&back, json!({ "reason": "a mistake" }));
        assert_eq!(
            served.post_once(&back, "again", &json!({ "reason": "a mistake" })).error(),
            (409, "already-reversed", "")
        );
        assert_eq!(get(&format!("/invoices/{number}"))["open"], "590");
        post("/write-offs", json!({ "invoice": number, "amount": "90", "reason": "small" }));
        let refund = post("/refunds", json!({ "receipt": "FT9", "amount": "400", "reason": "asked for it" }));
        post(&format!("/refunds/{}/reversal", id(&refund["refund"])), json!({ "reason": "sent back" }));
        let given_up =
            post("/credit-write-offs", json!({ "receipt": "FT9", "amount": "10", "reason": "nobody claims it" }));
        assert_eq!(get("/receipts/FT9")["unapplied"], "1400");
        post(&format!("/refunds/{}/reversal", id(&given_up)), json!({ "reason": "claimed after all" }));
        post("/receipts/FT9/return", json!({ "reason": "bounced" })).as_object().expect("returned");
        assert_eq!(get(&format!("/invoices/{number}"))["open"], "1090");
        // Match what waits: a plan, exactly that, and not twice.
        post("/receipts/FT2/identification", json!({ "customer": "C3" }));
        let plan = post("/cash-plans", json!({}));
        assert_eq!((&plan["applied"], &plan["rows"][0]["outcome"]), (&json!(1), &json!("applied")), "{plan}");
        assert!(plan["rows"][0]["confidence"].as_f64().is_some_and(|c| (0.0..=1.0).contains(&c)), "{plan}");
        let execution = format!("/cash-plans/{}/execution", id(&plan));
        assert_eq!(post(&execution, Value::Null), json!({ "applied": 1, "dropped": [] }));
        assert_eq!(served.post_once(&execution, "again", &Value::Null).error(), (404, "plan-gone", ""));
        assert_eq!(get("/invoices/A-1")["open"], "0");
        // Promise, hold, dispute.
        let promise = post(
            "/promises",
            json!({ "customer": "C3", "amount": "20000", "promised_on": "2026-10-30", "note": "by\nMoMo" }),
        );
        let withdrawn =
            post(&format!("/promises/{}/withdrawal", id(&promise)), json!({ "reason": "changed their mind" }));
        assert_eq!((&promise["state"], &withdrawn["state"]), (&json!("open"), &json!("withdrawn")));
        let hold = post("/holds", json!({ "customer": "C2", "until": "2026-11-20", "reason": "a funeral" }));
        assert_eq!(hold["active"], true);
        assert_eq!(post(&format!("/holds/{}/end", id(&hold)), Value::Null)["active"], false);
        // Who pays for whom.
        let payer = post("/payers", json!({ "customer": "C2", "number": "0788 000 999" }));
        assert_eq!(
            (&payer["kind"], &get("/payers?customer=C2")["rows"][0]["said"]),
            (&json!("number"), &payer["said"])
        );
        assert_eq!(get("/payers?customer=C3")["rows"], json!([]));
        let ended = post(&format!("/payers/{}/end", id(&payer)), json!({ "reason": "another owner" }));
        assert_eq!((&ended["id"], &get("/payers")["rows"]), (&payer["id"], &json!([])));
        // A return of a month, filed once.
        let stands = get("/vat-returns/2026-08");
        let filed = post("/vat-returns", json!({ "period": "2026-08", "reference": "RRA-7" }));
        assert_eq!((&stands["reference"], &filed["reference"]), (&Value::Null, &json!("RRA-7")));
        assert_eq!((&stands["boxes"], &filed["boxes"][0]["number"]), (&filed["boxes"], &json!("5")));
        let again = json!({ "period": "2026-Q3", "reference": "RRA-8" });
        assert_eq!(served.post_once("/vat-returns", "file", &again).error().1, "vat-return-filed");
        assert_eq!(get("/vat-returns")["rows"][0]["period"], "2026-08");
        // A month for the main books, and the reports of billing by their names.
        for one in get("/journal-out-accounts")["rows"].as_array().expect("rows") {
            post("/journal-out-accounts", json!({ "account": one["account"], "code": "411" }));
        }
        let handed = post("/journal-out", json!({ "period": "2026-08" }));
        assert_eq!((&handed["difference"], &handed["rows"][0]["code"]), (&json!("0"), &json!("411")), "{handed}");
        assert_eq!(get("/journal-out/2026-08?detail=true")["closing"], handed["closing"]);
        assert_eq!(get("/journal-out")["rows"][0]["period"], "2026-08");
        let sales = get("/reports/vat-sales?period=2026-08");
        assert_eq!((&sales["report"], &sales["columns"][0]), (&json!("vat-sales"), &json!("buyer_tin")), "{sales}");
        for name in [
            "revenue",
            "invoice-accuracy",
            "number-gaps",
            "levies",
            "advances",
            "unbilled",
            "invoice-files",
            "time-to-invoice",
        ] {
            assert_eq!(get(&format!("/reports/{name}"))["report"], name);
        }
        // What a public buyer wants, and the way of a file.
        let wanted = json!({ "papers": ["order"], "term_from": "acceptance", "from": "2026-01-01" });
        assert_eq!(post("/invoice-file-needs/C3", wanted)["papers"], json!(["order"]));
        assert_eq!(get("/invoice-file-needs/C3")["term_from"], "acceptance");
        let file = get("/invoice-files/A-3");
        assert_eq!((&file["state"], &file["falls_due_on"]), (&json!("not-handed-in"), &Value::Null), "{file}");
        let step = json!({ "state": "handed-in", "reason": "they take it without", "on": "2026-10-18" });
        assert_eq!(post("/invoice-files/A-3/steps", step)["steps"][0]["missing"], json!(["order"]));
        let again = json!({ "state": "handed-in" });
        assert_eq!(served.post_once("/invoice-files/A-3/steps", "again-3", &again).error().1, "invoice-file-is");
        post("/invoice-file-needs/C3", json!({ "papers": [], "from": "2026-01-01" }));
        assert_eq!(
            get("/invoices/A-3")["instalments"][0]["falls_due_on"],
            get("/invoices/A-3")["instalments"][0]["due_on"]
        );
        assert_eq!(get("/invoice-files?state=handed-in")["rows"][0]["number"], "A-3");
        let raised = post("/disputes", json!({ "invoice": "A-3", "amount": "1000", "reason": "price" }));
        let dispute = id(&raised["disputes"][0]);
        assert_eq!(get("/customers/C3/open-items")["rows"][0]["disputed"], "1000");
        let ended = post(&format!("/disputes/{dispute}/end"), json!({ "outcome": "rejected", "note": "as agreed" }));
        assert_eq!((&ended["state"], &ended["ended_on"]), (&json!("rejected"), &json!("2026-10-20")));
        // The day and what it drafts.
        let list = get("/worklist");
        assert_eq!((&list["rows"][0]["rank"], &list["rows"][0]["customer"]), (&json!(1), &json!("C3")), "{list}");
        assert_eq!(get("/day-turns/next")["on"], "2026-10-20");
        let turned = post("/day-turns", Value::Null);
        assert_eq!((&turned["on"], &turned["days_left"]), (&json!("2026-10-20"), &json!(0)));
        assert_eq!(served.post_once("/day-turns", "again", &Value::Null).body["on"], Value::Null);
        let drafts = get("/messages");
        let draft = id(&drafts["rows"][0]);
        assert_eq!(post(&format!("/messages/{draft}/decision"), json!({ "decision": "sent" }))["state"], "sent");
        // Customers, collectors, holidays, the books.
        assert_eq!(
            post("/assignments", json!({ "customers": ["C1", "C2"], "collector": "collector" })),
            json!({ "changed": 2 })
        );
        assert_eq!(get("/worklist?collector=collector")["rows"][0]["collector"], "collector");
        let holidays = post("/holidays", json!({ "on": "2026-10-26", "name": "Inventory" }));
        assert!(holidays.to_string().contains("Inventory"));
        assert_eq!(served.raw("DELETE", "/holidays/2026-10-26", "h", b"").status, 200);
        assert_eq!(served.raw("DELETE", "/holidays/2026-10-27", "h2", b"").error(), (404, "not-found", "holiday"));
        assert_eq!(post("/period-closings", json!({ "to": "2026-01-31" })), json!({ "closed_to": "2026-01-31" }));
        post("/period-reopenings", json!({ "to": "2025-12-31", "reason": "a late invoice" }));
        assert_eq!(get("/period"), json!({ "closed_to": "2025-12-31" }));
        // What it comes to.
        let ageing = get("/ageing");
        let total = &ageing["totals"][0];
        assert_eq!(
            (&total["currency"], &total["total"], &total["unidentified"]),
            (&json!("RWF"), &json!("51090"), &json!("0")),
            "{ageing}"
        );
        assert!(get("/kpis?days=90")["rows"].as_array().is_some_and(|rows| !rows.is_empty()));
        assert_eq!(get("/verification")["holds"], true);
        assert!(get("/users")["rows"].as_array().is_some_and(|rows| rows.len() == 8));
        assert_eq!(get("/rates")["rows"][0]["rate"], "1450");
        assert!(get("/accounts").to_string().contains("momo"));
    });
}

#[test]
fn a_statement_comes_in_as_it_is() {
    each_place(|_, served| {
        let headers = |once: &str| {
            format!("{}Content-Type: application/octet-stream\r\nIdempotency-Key: {once}\r\n", served.bearer())
        };
        let send =
            |once: &str, path: &str, file: &[u8]| served.send("POST", &format!("/api/v1{path}"), &headers(once), file);
        let file =
            b"date,description,credit,balance\n2026-10-01,FROM C1 A-1,4000,14000\n2026-10-02,SOMEBODY,100,14100\n";
        let first = send("1", "/statements?account=momo&name=october.csv", file);
        assert_eq!((first.status, first.body["lines"][1]["status"].as_str()), (201, Some("receipt")), "{first:?}");
        let again = send("2", "/statements?account=momo", file);
        assert_eq!(again.body["lines"][1]["status"], "duplicate");
        assert_eq!(send("3", "/statements?account=nowhere", file).error(), (422, "not-found", "account"));
        assert_eq!(send("4", "/statements", file).error(), (422, "query-invalid", "account"));
        assert_eq!(send("5", "/statements?account=momo", b"\0\x01\x02").error(), (422, "file-unreadable", ""));
        let message = b"<smses count=\"1\"><sms protocol=\"0\" address=\"M-Money\" date=\"1772366405000\" type=\"1\" body=\"Wakiriye 4000\" /></smses>";
        assert_eq!(send("6", "/statements?account=momo", message).body["lines"][0]["status"], "review");
        let waiting = served.get("/statement-lines").body;
        let line = waiting["rows"][0]["line"].as_str().expect("a line").to_owned();
        let record = format!("/statement-lines/{line}/receipt");
        let said = json!({ "amount": "4000", "on": "2026-03-01", "payer": "Keza" });
        let made = served.post(&record, &said);
        assert_eq!(made.status, 201, "{made:?}");
        assert_eq!(
            served.get(&format!("/receipts/{}", made.body["id"].as_str().expect("an id"))).body["gross"],
            "4000"
        );
        let clear = served.post(&format!("/statement-lines/{line}/clearance"), &json!({ "reason": "none" }));
        assert_eq!(clear.error(), (409, "line-recorded", ""));
    });
}

#[test]
fn a_paper_is_filed_found_and_given_back_as_it_was() {
    each_place(|_, served| {
        let send = |once: &str, query: &str, file: &[u8]| {
            let kind = "Content-Type: application/octet-stream";
            let headers = format!("{}{kind}\r\nIdempotency-Key: {once}\r\n", served.bearer());
            served.send("POST", &format!("/api/v1/papers?{query}"), &headers, file)
        };
        let (of, paper) = ("record=invoice&name=A-1&kind=delivery-note&file=note.pdf", b"%PDF-1.7\nsigned".as_slice());
        let filed = send("1", of, paper);
        assert_eq!((filed.status, filed.body["name"].as_str()), (201, Some("note.pdf")), "{filed:?}");
        assert_eq!(send("2", of, paper).body["id"], filed.body["id"], "the same one");
        let path = format!("/papers/{}", filed.body["id"].as_str().expect("an id"));
        let got = served.get(&path).body;
        assert_eq!(
            (&got["content"], &got["paper"]["media_type"]),
            (&json!("JVBERi0xLjcKc2lnbmVk"), &json!("application/pdf"))
        );
        let of_invoice = served.get("/papers?record=invoice&name=A-1").body;
        assert_eq!((of_invoice["rows"].as_array().map(Vec::len), &of_invoice["rows"][0]), (Some(1), &got["paper"]));
        assert_eq!(send("3", of, b"\0\x01\x02").error(), (422, "invalid-empty", "file"));
        assert_eq!(send("4", of, b"").error(), (422, "missing", "file"));
        assert_eq!(send("5", &of.replace("A-1", "A-99"), paper).error(), (422, "not-found", "invoice"));
        assert_eq!(send("6", &of.replace("delivery-note", "gossip"), paper).error(), (422, "invalid", "kind"));
        assert_eq!(send("7", "record=invoice&name=A-1", paper).error(), (422, "query-invalid", "kind"));
        assert_eq!(served.get("/papers/nothing").error(), (404, "not-found", "paper"));
    });
}

#[test]
fn meters_charges_and_work_through_the_api() {
    each_place(|_, served| {
        let post = |path: &str, body: Value| {
            let answer = served.post(path, &body);
            assert_eq!(answer.status, 201, "{path} {body}: {answer:?}");
            answer.body
        };
        post(
            "/contracts",
            json!({ "code": "W-1", "customer": "C1", "starts_on": "2026-09-01", "bills": "arrears",
                "lines": [{ "description": "Rent", "quantity": "1", "unit_price": "1000", "tax_class": "B" }] }),
        );
        let blocks = "5:340,20:720,*:845";
        let meter = json!({ "code": "M-1", "contract": "W-1", "unit": "m³", "tax_class": "B", "blocks": blocks });
        let made = post("/meters", meter.clone());
        assert_eq!((&made["tariffs"][0]["blocks"], &made["reading"]["value"]), (&json!(blocks), &json!("0")));
        assert_eq!(served.post_once("/meters", "again", &meter).error(), (409, "exists", ""));
        let overlap =
            json!({ "code": "M-2", "contract": "W-1", "unit": "m³", "tax_class": "B", "blocks": "5:1,5:2,*:3" });
        assert_eq!(served.post("/meters", &overlap).error(), (422, "invalid", "blocks"));
        post("/meters/M-1/readings", json!({ "on": "2026-09-30", "value": "26" }));
        let below = served.post("/meters/M-1/readings", &json!({ "on": "2026-10-01", "value": "25.5" }));
        assert_eq!(below.error().1, "reading-order");
        let read = post("/meters/M-1/corrections", json!({ "on": "2026-09-30", "value": "12", "reason": "misread" }));
        assert_eq!(read["readings"].as_array().unwrap().len(), 3);
        let charge = json!({ "description": "Connection", "unit_price": "2500", "tax_class": "B", "on": "2026-09-15" });
        assert_eq!(post("/contracts/W-1/charges", charge)["charges"][0]["invoice"], json!(null));
        // 5 × 340 and 7 × 720 are 6,740; the rent and the charge 3,500.
        assert_eq!(served.get("/contracts/due").body["due"][0]["net"], "10240");
        post("/contracts/run", json!({}));
        assert!(served.get("/contracts/W-1/charges").body["charges"][0]["invoice"].is_string());
        let index = json!({ "from_on": "2026-11-01", "percent": "4.5", "reason": "CPI", "dry_run": true });
        assert_eq!(post("/contracts/W-1/index", index)["prices"][0]["becomes"], "1045");
        let work = json!({ "customer": "C1", "description": "Repair", "quantity": "2", "unit_price": "5000",
            "tax_class": "B", "proof": "job card 118" });
        let id = post("/unbilled", work)["id"].clone();
        assert_eq!(served.get("/unbilled").body["work"][0]["id"], id);
        post("/unbilled/bill", json!({ "customer": "C1", "only": [id] }));
        let again = served.post_once("/unbilled/bill", "again", &json!({ "customer": "C1", "only": [id] }));
        assert_eq!(again.error().1, "unbilled-ended");
    });
}

#[test]
fn items_are_written_priced_and_billed_through_the_api() {
    each_place(|_, served| {
        let post = |path: &str, body: Value| {
            let answer = served.post(path, &body);
            assert_eq!(answer.status, 201, "{path} {body}: {answer:?}");
            answer.body
        };
        let rice = json!({ "code": "RICE/25", "name": "Rice 25 kg", "tax_class": "B", "unit": "bag", "kind": "finished",
            "class_code": "5022110000", "price": { "unit_price": "30000" } });
        let made = post("/items", rice.clone());
        assert_eq!((&made["origin"], &made["packaging"], &made["version"]), (&json!("RW"), &json!("NT"), &json!(1)));
        assert_eq!(served.post_once("/items", "again", &rice).error(), (409, "exists", ""));
        let other = json!({ "code": "X", "name": "X", "tax_class": "B", "kind": "thing" });
        assert_eq!(served.post("/items", &other).error(), (422, "invalid", "kind"));
        let prices = "/items/RICE%2F25/prices";
        post(prices, json!({ "unit_price": "27000", "price_list": "trade", "from_on": "2026-10-01" }));
        post(prices, json!({ "unit_price": "25000", "customer": "C1", "from_quantity": "10" }));
        assert_eq!(served.post(prices, &json!({})).error(), (422, "missing", "unit_price"));
        assert_eq!(
            served.post(prices, &json!({ "unit_price": "1", "ends": true })).error(),
            (422, "invalid", "unit_price")
        );
        let on_list = post("/customers/C2/price-list", json!({ "price_list": "trade", "from_on": "2026-10-01" }));
        assert_eq!(on_list["price_list"], "trade");
        let costs = |query: &str| {
            let told = served.get(&format!("/items/RICE%2F25/price{query}")).body;
            (told["unit_price"].clone(), told["whose"].clone())
        };
        assert_eq!(costs(""), (json!("30000"), json!("everybody")));
        assert_eq!(costs("?customer=C2"), (json!("27000"), json!("price-list")));
        assert_eq!(costs("?customer=C1&quantity=10"), (json!("25000"), json!("customer")));
        assert_eq!(served.get("/items/RICE%2F25/price?currency=USD").error(), (422, "no-price", ""));
        // What is left out of a line is the item's.
        let lines = json!([{ "item": "RICE/25", "quantity": "10" }, { "item": "RICE/25", "quantity": "1", "unit_price": "1", "tax_class": "A" }]);
        let number = post("/invoices", json!({ "customer": "C1", "lines": lines }))["number"].clone();
        let shown = served.get(&format!("/invoices/{}", number.as_str().expect("a number"))).body;
        assert_eq!((&shown["net"], &shown["tax"]), (&json!("250001"), &json!("45000")));
        let first = &shown["lines"][0];
        assert_eq!(
            (&first["item"], &first["description"], &first["unit"], &first["unit_price"]),
            (&json!("RICE/25"), &json!("Rice 25 kg"), &json!("bag"), &json!("25000"))
        );
        let without = |line: Value| served.post("/invoices", &json!({ "customer": "C1", "lines": [line] }));
        assert_eq!(without(json!({ "quantity": "1" })).error(), (422, "missing", "lines[0].description"));
        let unpriced = json!({ "quantity": "1", "description": "Rice" });
        assert_eq!(without(unpriced).error(), (422, "missing", "lines[0].unit_price"));
        // A change is of what was read.
        let read = served.get("/items/RICE%2F25");
        let patch = |once: &str, tag: &str, body: Value| {
            let headers = format!(
                "{}Content-Type: application/json\r\nIdempotency-Key: {once}\r\nIf-Match: {tag}\r\n",
                served.bearer()
            );
            served.send("PATCH", "/api/v1/items/RICE%2F25", &headers, body.to_string().as_bytes())
        };
        let tag = read.header("ETag").or(read.header("etag")).expect("a tag").to_owned();
        let changed = patch("p1", &tag, json!({ "name": "Rice, long grain", "unit": null }));
        assert_eq!((changed.status, &changed.body["version"], &changed.body["unit"]), (200, &json!(2), &Value::Null));
        assert_eq!(patch("p2", &tag, json!({ "name": "Other" })).error(), (412, "stale-version", "If-Match"));
        post("/items/RICE%2F25/retirement", json!({ "reason": "no supplier" }));
        assert_eq!(without(json!({ "item": "RICE/25", "quantity": "1" })).error(), (422, "item-retired", ""));
        assert_eq!(served.get("/items").body["rows"], json!([]));
        assert_eq!(served.get("/items?retired=true&text=long").body["rows"][0]["offered"], json!(false));
    });
}
