//! An advice as a table, in any of the headers that payers write.

use receivables::{Currency, Money};

use super::{Advice, Row};
use crate::fault::Fault;
use crate::headers::{folded, normalised};
use crate::profile::Profile;
use crate::table::{self, Field, FieldKind, FileError, Record};

const fn field(name: &'static str, kind: FieldKind, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind, required: false, synonyms }
}

#[rustfmt::skip]
static FIELDS: [Field; 12] = [
    field("document", FieldKind::Text, &[
        "invoiceno", "invoicenumber", "invoicenr", "invoicenum", "invno", "invnumber", "invoiceid", "invoice", "inv", "billno",
        "billnumber", "bill", "documentno", "documentnumber", "docno", "docnumber", "doc", "supplierinvoice",
        "supplierinvoiceno", "vendorinvoice", "vendorinvoiceno", "invoiceref", "invoicereference", "documentreference", "ndefacture",
        "nfacture", "nofacture", "nodefacture", "numerofacture", "numerodefacture", "numfacture", "facture", "factures",
        "reffacture", "referencefacture", "referencedelafacture", "piece", "npiece", "ndepiece", "numerodepiece", "nodepiece",
        "yourreference", "yourref", "votrereference", "reference", "ref", "referenceno", "description",
    ]),
    field("on", FieldKind::Date, &["invoicedate", "documentdate", "docdate", "date", "datefacture", "datedefacture", "datedepiece", "datepiece"]),
    field("gross", FieldKind::Amount, &[
        "grossamount", "grossamt", "gross", "invoiceamount", "invoiceamt", "invamount", "invoicetotal", "invoicevalue",
        "originalamount", "documentamount", "billamount", "amountdue", "montantbrut", "brut", "montantfacture", "montantdelafacture",
        "montantttc", "ttc", "montantdu",
    ]),
    field("discount", FieldKind::Amount, &[
        "discounttaken", "discountamount", "discountamt", "cashdiscount", "earlypaymentdiscount", "discount", "escompte", "remise", "rabais",
    ]),
    field("withheld", FieldKind::Amount, &[
        "withholdingtax", "withholdingtaxamount", "withholding", "whtamount", "wht", "wtax", "taxwithheld", "withheldtax", "withheld",
        "taxdeducted", "tdsamount", "tds", "incometaxwithheld", "retenuealasource", "retenues", "retenue", "montantretenu", "ras",
        "impotretenu",
    ]),
    field("withheld_vat", FieldKind::Amount, &[
        "vatwithheld", "withheldvat", "vatwithholding", "withholdingvat", "wvat", "whvat", "vatwht", "tvaretenue", "retenuetva",
        "retenuedetva",
    ]),
    field("deduction", FieldKind::Amount, &[
        "otherdeductions", "otherdeduction", "deductions", "deductionamount", "deduction", "adjustmentamount", "adjustments", "adjustment",
        "shortpayment", "penalties", "penalty", "chargebacks", "chargeback", "claims", "claim", "retention", "autresdeductions",
        "autrededuction", "ajustements", "ajustement", "penalites", "penalite",
    ]),
    field("reason", FieldKind::Text, &[
        "deductionreason", "reasonfordeduction", "reason", "reasoncode", "remarks", "remark", "comments", "comment", "notes", "note",
        "motifdeladeduction", "motif", "raison", "observations", "observation", "commentaires", "commentaire",
    ]),
    field("paid", FieldKind::Amount, &[
        "amountpaid", "paidamount", "paid", "netpaid", "netamount", "netamt", "netpayment", "netpayable", "net", "paymentamount",
        "amountremitted", "remitted", "payment", "paymentamt", "montantpaye", "montantregle", "montantdureglement", "netapayer", "netpaye",
        "montantnet", "regle", "paye", "reglement", "versement", "amount", "amt", "montant", "value", "total",
    ]),
    field("currency", FieldKind::Text, &["currency", "ccy", "cur", "curr", "devise", "monnaie"]),
    field("payer", FieldKind::Text, &["payer", "payername", "customer", "customername", "client", "company", "paidby", "payeur"]),
    field("payment", FieldKind::Text, &[
        "paymentreference", "paymentref", "paymentno", "paymentnumber", "paymentid", "chequeno", "chequenumber", "transferreference",
        "referencedupaiement", "referencepaiement", "refpaiement", "ncheque",
    ]),
];
const DOCUMENT: usize = 0;
const ON: usize = 1;
const GROSS: usize = 2;
const DISCOUNT: usize = 3;
const WITHHELD: usize = 4;
const WITHHELD_VAT: usize = 5;
const DEDUCTION: usize = 6;
const REASON: usize = 7;
const PAID: usize = 8;
const CURRENCY: usize = 9;
const PAYER: usize = 10;
const PAYMENT: usize = 11;

/// How a row of sums begins.
const TOTALS: [&str; 10] =
    ["total", "grand total", "sub total", "subtotal", "sum", "totaux", "somme", "net a payer", "igiteranyo", "jumla"];

/// What stands before a payer's name, and before the reference of a payment, above the table.
pub(super) const PAYERS: [&str; 8] =
    ["payer", "payername", "paidby", "from", "customer", "customername", "payeur", "client"];
pub(super) const REFERENCES: [&str; 18] = [
    "paymentreference",
    "paymentref",
    "paymentno",
    "paymentnumber",
    "paymentid",
    "ourreference",
    "ourref",
    "reference",
    "ref",
    "transactionid",
    "transactionref",
    "transactionreference",
    "transferreference",
    "chequeno",
    "referencedupaiement",
    "referencepaiement",
    "notrereference",
    "numerodevirement",
];

/// Reads a table that has the documents and what was paid for each.
pub(super) fn read(bytes: &[u8], currency: Currency, profile: Option<&Profile>) -> Result<Advice, FileError> {
    let seen = table::see(bytes, &FIELDS, profile, 1)?;
    let reader = match currency.exponent() == 0 {
        true => table::open_francs(bytes, &FIELDS, profile)?,
        false => table::open_bytes(bytes, &FIELDS, profile)?,
    };
    let has = |index: usize| reader.layout().columns.iter().any(|(field, _)| field == FIELDS[index].name);
    if !has(DOCUMENT) || !(has(PAID) || has(GROSS)) {
        return Err(Fault::NoRemittance.into());
    }
    let says_paid = has(PAID);
    let mut advice = Advice { format: reader.layout().kind, ..Advice::default() };
    above(&seen.above, &mut advice);
    for row in reader {
        let row = match row {
            Ok(row) => row,
            Err(error) if error.left_out() => continue,
            Err(error) => {
                advice.rows.push(Row { line: error.line, fault: Some(error.fault), ..Row::default() });
                continue;
            }
        };
        let mut found = Row { line: row.line, ..Row::default() };
        found.fault = fill(&row, currency, &mut found).err();
        if !says_paid && found.fault.is_none() {
            found.paid = found.rest();
        }
        if is_total(&row) {
            advice.total = found.paid.or(found.gross).or(advice.total);
            advice.faults.extend(found.fault);
            continue;
        }
        let amounts = [found.gross, found.discount, found.withheld, found.deduction, found.paid];
        if amounts.iter().all(Option::is_none) && found.fault.is_none() {
            // A remark, or the payer's address: no amount, nothing paid.
            continue;
        }
        advice.payer = advice.payer.or_else(|| row.text(PAYER).map(str::to_owned));
        advice.reference = advice.reference.or_else(|| row.text(PAYMENT).map(str::to_owned));
        advice.rows.push(found);
    }
    Ok(advice)
}

fn fill(row: &table::Row, own: Currency, found: &mut Row) -> Result<(), Fault> {
    found.document = row.text(DOCUMENT).unwrap_or_default().to_owned();
    found.reason = row.text(REASON).unwrap_or_default().to_owned();
    let currency = row.text(CURRENCY).map_or(Ok(own), str::parse)?;
    let money = |index: usize| -> Result<Option<Money>, Fault> {
        let Some(major) = row.decimal(index)? else { return Ok(None) };
        Ok(Some(Money::from_major(major, currency)?))
    };
    (found.gross, found.discount, found.deduction) = (money(GROSS)?, money(DISCOUNT)?, money(DEDUCTION)?);
    found.withheld = match (money(WITHHELD)?, money(WITHHELD_VAT)?) {
        (Some(tax), Some(vat)) => Some(tax.plus(vat)?),
        (tax, vat) => tax.or(vat),
    };
    found.paid = money(PAID)?;
    found.on = row.date(ON)?;
    Ok(())
}

/// Whether a row is a sum: its first words say so, and it names no document beside. A payer may be called `Total` too.
fn is_total(row: &table::Row) -> bool {
    let first = row.raw().map(str::trim).find(|cell| cell.chars().any(char::is_alphabetic)).unwrap_or_default();
    let says_so = |text: &str| TOTALS.iter().any(|total| folded(text).starts_with(total));
    says_so(first) && row.text(DOCUMENT).is_none_or(|document| document == first)
}

/// Takes the payer and the reference from lines above the table: `Payer: Keza Ltd`, or name and value in two cells.
fn above(records: &[Record], advice: &mut Advice) {
    for record in records {
        let cells: Vec<&str> = record.cells().map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let named = cells.iter().filter_map(|cell| cell.split_once(':')).filter(|(_, value)| !value.trim().is_empty());
        let beside = cells.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
        for (name, value) in named.chain(beside) {
            let name = normalised(name);
            let value = || Some(value.trim().to_owned());
            if PAYERS.contains(&name.as_str()) && advice.payer.is_none() {
                advice.payer = value();
            } else if REFERENCES.contains(&name.as_str()) && advice.reference.is_none() {
                advice.reference = value();
            }
        }
    }
}
