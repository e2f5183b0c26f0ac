//! The fields of each kind of file, and the headers under which others keep them.

use formats::{Field, FieldKind};

use super::What;

const fn text(name: &'static str, required: bool, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Text, required, synonyms }
}

const fn date(name: &'static str, required: bool, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Date, required, synonyms }
}

const fn amount(name: &'static str, required: bool, synonyms: &'static [&'static str]) -> Field {
    Field { name, kind: FieldKind::Amount, required, synonyms }
}

const CUSTOMER_CODES: &[&str] = &[
    "customer",
    "customercode",
    "customerid",
    "customerno",
    "customernumber",
    "custnumber",
    "custno",
    "client",
    "codeclient",
    "clientcode",
    "clientid",
    "numeroclient",
    "noclient",
    "accountcode",
    "accountno",
    "debtor",
    "debiteur",
];
const CUSTOMER_NAMES: &[&str] =
    &["customername", "clientname", "nomclient", "nomduclient", "namecustomer", "company", "raisonsociale", "partner"];
const CURRENCIES: &[&str] = &["currency", "devise", "monnaie", "curr", "ccy", "invoicecurrency", "currencycode"];

static CUSTOMERS: &[Field] = &[
    text(
        "code",
        true,
        &[
            "code",
            "customercode",
            "customerid",
            "customer",
            "custnumber",
            "customerno",
            "clientid",
            "codeclient",
            "client",
            "accountcode",
        ],
    ),
    text("name", true, &["name", "customername", "nom", "nomclient", "raisonsociale", "companyname", "displayname"]),
    text("kind", false, &["kind", "type", "customertype", "typeclient", "categorie"]),
    text("tin", false, &["tin", "taxid", "vatnumber", "nif", "tinnumber", "numerotva", "taxnumber"]),
    text("phone", false, &["phone", "telephone", "tel", "mobile", "phonenumber", "msisdn", "contact"]),
    text("email", false, &["email", "mail", "emailaddress", "courriel"]),
    text("language", false, &["language", "langue", "lang"]),
    text(
        "terms_days",
        false,
        &["termsdays", "terms", "paymentterms", "conditionsdepaiement", "creditdays", "delai", "delaipaiement"],
    ),
    text("credit_limit", false, &["creditlimit", "limit", "plafond", "plafondcredit", "limitecredit"]),
    text("currency", false, CURRENCIES),
    text("segment", false, &["segment", "group", "customergroup", "industry", "groupe", "secteur"]),
    text("district", false, &["district", "city", "region", "ville", "town"]),
    text("collector", false, &["collector", "recouvreur", "chargederecouvrement"]),
    text("terms", false, &["termsofpayment", "conditionsdereglement"]),
];

static INVOICES: &[Field] = &[
    text(
        "number",
        true,
        &[
            "number",
            "invoicenumber",
            "invoiceno",
            "invoiceid",
            "invoice",
            "numero",
            "numerofacture",
            "facture",
            "nofacture",
            "ndefacture",
            "numerodefacture",
            "ndocument",
            "docno",
            "documentnumber",
            "documentno",
            "num",
            "ref",
        ],
    ),
    text("customer", true, CUSTOMER_CODES),
    text("customer_name", false, CUSTOMER_NAMES),
    text("kind", false, &["kind", "type", "documenttype", "doctype", "typedocument", "transactiontype"]),
    date(
        "issued_on",
        true,
        &[
            "issuedon",
            "invoicedate",
            "date",
            "issuedate",
            "documentdate",
            "postingdate",
            "datefacture",
            "dateemission",
            "datedefacturation",
            "docdate",
        ],
    ),
    date(
        "due_on",
        false,
        &["dueon", "duedate", "due", "echeance", "dateecheance", "paymentdue", "dueindate", "datedecheance"],
    ),
    text("currency", false, CURRENCIES),
    amount(
        "net",
        false,
        &["net", "netamount", "subtotal", "montantht", "ht", "totalht", "amountexcltax", "untaxedamount"],
    ),
    amount("tax", false, &["tax", "vat", "tva", "taxamount", "vatamount", "montanttva"]),
    amount(
        "total",
        false,
        &[
            "total",
            "amount",
            "totalamount",
            "invoiceamount",
            "montant",
            "montantttc",
            "ttc",
            "totalttc",
            "grandtotal",
            "amountdue",
            "totalopenamount",
            "openamount",
            "openbalance",
            "balance",
        ],
    ),
    text("credits", false, &["credits", "creditof", "originalinvoice", "factureorigine", "reversalof"]),
    text("description", false, &["description", "item", "itemname", "designation", "libelle", "product", "article"]),
    amount("quantity", false, &["quantity", "qty", "quantite", "qte"]),
    amount("unit_price", false, &["unitprice", "price", "prixunitaire", "pu", "rate", "prix"]),
    text("tax_class", false, &["taxclass", "taxcode", "vatcode", "codetva"]),
    text("payer", false, &["payer", "payeur"]),
    text("beneficiary", false, &["beneficiary", "beneficiaire"]),
];

static RECEIPTS: &[Field] = &[
    text(
        "reference",
        false,
        &[
            "reference",
            "ref",
            "paymentid",
            "receiptno",
            "receiptnumber",
            "transactionid",
            "txnid",
            "numerorecu",
            "nopiece",
            "paymentref",
        ],
    ),
    text("customer", false, CUSTOMER_CODES),
    date(
        "on",
        true,
        &[
            "on",
            "date",
            "paymentdate",
            "receivedon",
            "datepaiement",
            "dateencaissement",
            "valuedate",
            "cleardate",
            "receiptdate",
        ],
    ),
    amount("amount", true, &["amount", "amountpaid", "montant", "montantpaye", "gross", "paid", "total", "payment"]),
    text("currency", false, CURRENCIES),
    text("account", false, &["account", "bankaccount", "compte", "caisse", "paymentmethod", "method"]),
    text("payer", false, &["payer", "payername", "paidby", "payeur", "sender", "from"]),
    text(
        "text",
        false,
        &["text", "description", "memo", "narration", "libelle", "details", "remittance", "communication"],
    ),
    text(
        "invoice",
        false,
        &["invoice", "invoiceid", "invoiceno", "invoicenumber", "facture", "numerofacture", "appliedto"],
    ),
    amount("charges", false, &["charges", "fee", "fees", "frais", "commission"]),
];

static RATES: &[Field] = &[
    date("on", true, &["on", "date", "day", "jour", "validfrom"]),
    text("currency", true, CURRENCIES),
    amount("rate", true, &["rate", "exchangerate", "taux", "cours", "average", "mid"]),
    text("source", false, &["source", "origine", "provider"]),
];

impl What {
    /// The fields we look for, in the order the readers of `rows` use them.
    pub fn fields(self) -> &'static [Field] {
        match self {
            What::Customers => CUSTOMERS,
            What::Invoices => INVOICES,
            What::Receipts => RECEIPTS,
            What::Rates => RATES,
        }
    }
}
