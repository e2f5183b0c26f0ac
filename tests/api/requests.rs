//! Requests: writes that come once, pages, tags, and what is refused how.

use serde_json::{Value, json};

use super::{Answer, each_place};

#[test]
fn a_write_is_carried_out_once_under_its_key() {
    each_place(|_, served| {
        let promise = json!({ "customer": "C1", "amount": "1000", "promised_on": "2026-11-01" });
        let headers = format!("{}Content-Type: application/json\r\n", served.bearer());
        let body = promise.to_string();
        let without = served.send("POST", "/api/v1/promises", &headers, body.as_bytes());
        assert_eq!(without.error(), (400, "idempotency-key-missing", "Idempotency-Key"));
        let spaced = format!("{headers}Idempotency-Key: a b\r\n");
        let spaced = served.send("POST", "/api/v1/promises", &spaced, body.as_bytes());
        assert_eq!(spaced.error(), (400, "idempotency-key-invalid", "Idempotency-Key"));
        let first = served.post_once("/promises", "one", &promise);
        let again = served.post_once("/promises", "one", &promise);
        assert_eq!((first.status, again.status), (201, 201), "{first:?}");
        assert_eq!(first.body, again.body);
        let other = json!({ "customer": "C1", "amount": "1001", "promised_on": "2026-11-01" });
        assert_eq!(served.post_once("/promises", "one", &other).error(), (409, "key-reused", "Idempotency-Key"));
        let elsewhere = json!({ "customer": "C1", "until": "2026-11-01", "reason": "x" });
        assert_eq!(served.post_once("/holds", "one", &elsewhere).code(), "key-reused");
        assert_eq!(served.get("/promises").body["rows"].as_array().expect("rows").len(), 1);
        // What was refused was not done: the same request may come again and succeed.
        let hold = json!({ "customer": "C9", "until": "2026-11-01", "reason": "a funeral" });
        assert_eq!(served.post_once("/holds", "two", &hold).error(), (422, "not-found", "customer"));
        served.post("/customers", &json!({ "code": "C9", "name": "New" }));
        assert_eq!(served.post_once("/holds", "two", &hold).status, 201);
        // Many at once are one.
        let crowd: Vec<Answer> = std::thread::scope(|scope| {
            let one = || served.post_once("/promises", "crowd", &other);
            let all: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
            all.into_iter().map(|one| one.join().expect("answers")).collect()
        });
        assert!(crowd.iter().all(|a| a.status == 201 && a.body == crowd[0].body), "{crowd:?}");
        assert_eq!(served.get("/promises").body["rows"].as_array().expect("rows").len(), 2);
    });
}

#[test]
fn pages_go_through_a_list_once() {
    each_place(|_, served| {
        for (code, name) in [("C4", "Amahoro"), ("C5", "Ubumwe"), ("C6", "Urugwiro"), ("C7", "Ineza")] {
            assert_eq!(served.post("/customers", &json!({ "code": code, "name": name })).status, 201);
        }
        let mut path = "/customers?limit=3".to_owned();
        let (mut codes, mut pages) = (Vec::new(), 0);
        loop {
            let page = served.get(&path).body;
            let rows = page["rows"].as_array().expect("rows");
            codes.extend(rows.iter().map(|row| row["code"].as_str().expect("a code").to_owned()));
            pages += 1;
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/customers?limit=3&after={next}");
        }
        assert_eq!((codes.join(" ").as_str(), pages), ("C1 C2 C3 C4 C5 C6 C7", 3));
        let next = served.get("/customers?limit=1").body["next"].as_str().expect("more").to_owned();
        for (query, expected) in [
            (format!("/invoices?after={next}"), (422, "invalid-empty", "after")),
            ("/customers?after=00000000".into(), (422, "invalid-empty", "after")),
            ("/customers?after=x".into(), (422, "query-invalid", "after")),
            ("/customers?limit=0".into(), (422, "query-invalid", "limit")),
            ("/customers?limit=201".into(), (422, "query-invalid", "limit")),
            ("/customers?limit=many".into(), (422, "query-invalid", "limit")),
            ("/customers?limit=1&limit=2".into(), (400, "query-unknown", "limit")),
            ("/customers?colour=red".into(), (400, "query-unknown", "colour")),
            ("/customers?limit=%ff".into(), (400, "query-unreadable", "")),
            ("/customers?limit=%zz".into(), (400, "query-unreadable", "")),
            ("/receipts?customer=NOBODY".into(), (422, "not-found", "customer")),
            ("/receipts?customer=a%00b".into(), (422, "query-invalid", "customer")),
            ("/ageing?buckets=30,30".into(), (422, "buckets", "buckets")),
            ("/ageing?known_at=2999-01-01T00:00:00Z".into(), (422, "not-sealed-yet", "known_at")),
        ] {
            assert_eq!(served.get(&query).error(), expected, "{query}");
        }
        for list in ["invoices", "receipts", "allocations", "refunds", "promises", "disputes", "holds"] {
            assert_eq!(served.get(&format!("/{list}?customer=C1&limit=1")).status, 200, "{list}");
        }
        // The journal and the ageing, a row at a time, are what they are at once.
        for list in ["/journal?", "/ageing?by=invoice&", "/worklist?", "/rates?", "/customers/C1/open-items?"] {
            let whole = served.get(&format!("{list}limit=200")).body["rows"].clone();
            let (mut rows, mut after) = (Vec::new(), String::new());
            loop {
                let page = served.get(&format!("{list}limit=1{after}")).body;
                rows.extend(page["rows"].as_array().expect("rows").clone());
                let Some(next) = page["next"].as_str() else { break };
                after = format!("&after={next}");
            }
            assert!(!rows.is_empty() && whole == json!(rows), "{list}: {whole}");
        }
    });
}

#[test]
fn a_record_changes_only_as_it_was_read() {
    each_place(|_, served| {
        let read = served.get("/customers/C1");
        let tag = read.header("etag").expect("a tag").to_owned();
        let not_again = format!("{}If-None-Match: W/\"x\", {tag}\r\n", served.bearer());
        let same = served.send("GET", "/api/v1/customers/C1", &not_again, b"");
        assert_eq!((same.status, same.header("etag"), same.body.is_null()), (304, Some(tag.as_str()), true));
        let change = |once: &str, tag: Option<&str>, body: &Value| {
            let tag = tag.map(|tag| format!("If-Match: {tag}\r\n")).unwrap_or_default();
            let headers =
                format!("{}{tag}Content-Type: application/json\r\nIdempotency-Key: {once}\r\n", served.bearer());
            served.send("PATCH", "/api/v1/customers/C1", &headers, body.to_string().as_bytes())
        };
        let body = json!({ "phone": "0788123456", "credit_limit": "5000" });
        assert_eq!(change("1", None, &body).error(), (428, "if-match-missing", "If-Match"));
        assert_eq!(change("2", Some("\"other\""), &body).error(), (412, "stale-version", "If-Match"));
        let done = change("3", Some(&tag), &body);
        assert_eq!(
            (done.status, &done.body["phone"], &done.body["name"]),
            (200, &json!("+250788123456"), &read.body["name"])
        );
        assert_eq!(change("4", Some(&tag), &json!({ "name": "Late" })).status, 412, "the second to save sees it");
        let now = served.get("/customers/C1");
        assert_eq!(now.header("etag"), done.header("etag"));
        assert_eq!(now.body, done.body);
        let weak = format!("W/{}", now.header("etag").expect("a tag"));
        assert_eq!(change("5", Some(&weak), &json!({ "name": "Weak" })).status, 412);
        assert_eq!(change("6", Some("*"), &json!({ "credit_limit": "none" })).body["credit_limit"], "none");
        // Of two at once one is told.
        let tag = served.get("/customers/C1").header("etag").expect("a tag").to_owned();
        let mut both: Vec<u16> = std::thread::scope(|scope| {
            let one = |name: &'static str| {
                let (tag, change) = (&tag, &change);
                scope.spawn(move || change(name, Some(tag), &json!({ "name": name })).status)
            };
            [one("Aline"), one("Keza")].into_iter().map(|one| one.join().expect("answers")).collect()
        });
        both.sort_unstable();
        assert_eq!(both, [200, 412]);
    });
}

#[test]
fn what_is_no_request_is_refused_precisely() {
    each_place(|_, served| {
        let deep = format!("{{\"name\":{}{}}}", "[".repeat(20_000), "]".repeat(20_000));
        let long = json!({ "code": "L", "name": "n".repeat(100_000) }).to_string();
        let invoice = |extra: &str| format!("{{\"customer\":\"C1\",{extra}}}");
        type Case = (&'static str, Vec<u8>, (u16, &'static str, &'static str));
        let cases: &[Case] = &[
            ("/customers", b"".to_vec(), (400, "not-json", "")),
            ("/customers", b"{".to_vec(), (400, "not-json", "")),
            ("/customers", b"{} {}".to_vec(), (400, "not-json", "")),
            ("/customers", b"{\"code\":\"\xff\"}".to_vec(), (400, "not-json", "")),
            ("/customers", br#"{"code":"\ud800"}"#.to_vec(), (400, "not-json", "")),
            ("/customers", deep.into_bytes(), (422, "field-invalid", "name")),
            ("/customers", b"[]".to_vec(), (422, "field-invalid", "")),
            ("/customers", b"null".to_vec(), (422, "field-invalid", "")),
            ("/customers", br#"{"code":"X"}"#.to_vec(), (422, "field-missing", "name")),
            ("/customers", br#"{"code":"X","name":5}"#.to_vec(), (422, "field-invalid", "name")),
            ("/customers", br#"{"code":"a\u0000b","name":"x"}"#.to_vec(), (422, "field-invalid", "code")),
            ("/customers", br#"{"code":"X","name":"x","colour":"red"}"#.to_vec(), (422, "field-unknown", "colour")),
            ("/customers", br#"{"code":"X","code":"Y","name":"x"}"#.to_vec(), (422, "field-invalid", "code")),
            ("/customers", br#"{"code":"X","name":"x","terms_days":1e400}"#.to_vec(), (400, "not-json", "")),
            (
                "/customers",
                br#"{"code":"X","name":"x","terms_days":99999999999}"#.to_vec(),
                (422, "field-invalid", "terms_days"),
            ),
            ("/customers", br#"{"code":"X","name":"x","language":"de"}"#.to_vec(), (422, "field-invalid", "language")),
            ("/customers", br#"{"code":"X","name":"x","collector":"nobody"}"#.to_vec(), (422, "not-found", "user")),
            ("/customers", br#"{"code":"C1","name":"x"}"#.to_vec(), (409, "exists", "")),
            ("/customers", long.into_bytes(), (422, "field-invalid", "name")),
            ("/invoices", invoice(r#""total":"10.5""#).into_bytes(), (422, "invalid", "total")),
            ("/invoices", invoice(r#""total":"999999999999999""#).into_bytes(), (422, "field-invalid", "total")),
            ("/invoices", invoice(r#""total":"10","currency":"ZZZ""#).into_bytes(), (422, "field-invalid", "currency")),
            ("/invoices", invoice(r#""total":"10","currency":"KES""#).into_bytes(), (422, "no-rate", "currency")),
            (
                "/invoices",
                invoice(r#""total":"10","issued_on":"2026-02-30""#).into_bytes(),
                (422, "field-invalid", "issued_on"),
            ),
            (
                "/invoices",
                invoice(r#""total":"10","issued_on":"2026-10-21""#).into_bytes(),
                (422, "invalid", "issued_on"),
            ),
            (
                "/invoices",
                invoice(r#""lines":[{"description":"x","quantity":2,"unit_price":"1"}]"#).into_bytes(),
                (422, "field-invalid", "lines[0].quantity"),
            ),
            ("/invoices", invoice(r#""lines":[["x","2","1"]]"#).into_bytes(), (422, "field-invalid", "lines[0]")),
            (
                "/invoices",
                invoice(
                    r#""lines":[{"description":"x","quantity":"999999999999","unit_price":"999999999999","tax_class":"A"}]"#,
                )
                .into_bytes(),
                (422, "invalid-empty", "lines[0].unit_price"),
            ),
            (
                "/invoices",
                invoice(
                    r#""lines":[{"description":"x","quantity":"90000000000000","unit_price":"1","tax_class":"A"},
                        {"description":"y","quantity":"90000000000000","unit_price":"1","tax_class":"A"}]"#,
                )
                .into_bytes(),
                (422, "field-invalid", "lines[0].quantity"),
            ),
            (
                "/invoices",
                invoice(r#""lines":[{"description":"x","quantity":"1","unit_price":"1","tax_class":"Z"}]"#).into_bytes(),
                (422, "invalid", "lines[0].tax_class"),
            ),
            (
                "/invoices",
                invoice(r#""lines":[{"description":"x","quantity":"1","unit_price":"1"}]"#).into_bytes(),
                (422, "invalid-empty", "lines[0].tax_class"),
            ),
            (
                "/invoices",
                invoice(
                    r#""tax":"1","lines":[{"description":"x","quantity":"1","unit_price":"100","tax_class":"B"}]"#,
                )
                .into_bytes(),
                (422, "totals-differ", ""),
            ),
            ("/invoices", br#"{"customer":"NOBODY","total":"10"}"#.to_vec(), (422, "not-found", "customer")),
            ("/invoices", br#"{"number":"A-1","customer":"C1","total":"10"}"#.to_vec(), (409, "other-content", "")),
            (
                "/promises",
                br#"{"customer":"C1","amount":"0","promised_on":"2026-11-01"}"#.to_vec(),
                (422, "not-positive", "amount"),
            ),
            (
                "/promises",
                br#"{"customer":"C1","amount":"5","promised_on":"2026-10-19"}"#.to_vec(),
                (422, "promise-day", "promised_on"),
            ),
            (
                "/promises",
                br#"{"customer":"C1","amount":"5","promised_on":"9999-12-31"}"#.to_vec(),
                (422, "field-invalid", "promised_on"),
            ),
            ("/holds", br#"{"customer":"C1","until":"2026-10-20","reason":"x"}"#.to_vec(), (422, "hold-end", "until")),
            ("/holds", br#"{"customer":"C1","until":"2026-11-20","reason":" "}"#.to_vec(), (422, "missing", "reason")),
            ("/disputes", br#"{"invoice":"A-1","reason":"settled"}"#.to_vec(), (422, "invalid", "reason")),
            (
                "/write-offs",
                br#"{"invoice":"A-1","amount":"118001","reason":"x"}"#.to_vec(),
                (422, "exceeds-open", "amount"),
            ),
            ("/allocations", br#"{"source":"NOTHING","invoice":"A-1"}"#.to_vec(), (422, "not-found", "receipt")),
            ("/promises/x/withdrawal", br#"{"reason":"x"}"#.to_vec(), (404, "not-found", "promise")),
            ("/cash-plans/x/execution", b"".to_vec(), (404, "plan-gone", "")),
            ("/cash-plans/x/execution", b"{}".to_vec(), (400, "body-unexpected", "")),
            ("/nothing", b"{}".to_vec(), (404, "no-such-path", "")),
        ];
        for (n, (path, body, expected)) in cases.iter().enumerate() {
            let answer = served.raw("POST", path, &format!("case-{n}"), body);
            let shown = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
            assert_eq!(answer.error(), *expected, "{path} {shown}: {answer:?}");
            let sentence = answer.body["error"]["sentence"].as_str().unwrap_or_default();
            assert!(sentence.len() > 20 && sentence.ends_with('.'), "{sentence}");
        }
        let bearer = served.bearer();
        let once = format!("{bearer}Idempotency-Key: t\r\n");
        let text = format!("{once}Content-Type: text/plain\r\n");
        assert_eq!(served.send("POST", "/api/v1/customers", &text, b"{}").error(), (415, "content-type", ""));
        assert_eq!(served.send("POST", "/api/v1/customers", &once, b"{}").error(), (415, "content-type", ""));
        let large = vec![b' '; 300 << 10];
        assert_eq!(served.raw("POST", "/customers", "large", &large).error(), (413, "body-too-large", ""));
        let put = served.raw("PUT", "/customers/C1", "put", b"{}");
        assert_eq!((put.error(), put.header("allow")), ((405, "method-not-allowed", ""), Some("GET, PATCH, HEAD")));
        for path in ["/customers/%00", "/customers/%ff", &format!("/customers/{}", "x".repeat(300))] {
            assert_eq!(served.get(path).error(), (400, "path-unreadable", ""), "{path}");
        }
        assert_eq!(served.get("/customers/NOBODY").error(), (404, "not-found", "customer"));
        let french = format!("{bearer}Accept-Language: fr-RW, en\r\n");
        let said = served.send("GET", "/api/v1/customers/NOBODY", &french, b"");
        assert!(said.body["error"]["sentence"].as_str().is_some_and(|s| s.starts_with("Introuvable")), "{said:?}");
        for header in ["content-security-policy", "x-content-type-options", "cache-control"] {
            assert!(said.header(header).is_some(), "{header}");
        }
    });
}
