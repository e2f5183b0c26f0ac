//! The words around the figures, from the locales.

use documents::Labels;

use super::Pen;

pub fn labels(pen: Pen) -> Labels {
    let t = |key: &str| pen.t(key);
    Labels {
        page: t("print-page").replace('⟨', "{").replace('⟩', "}"),
        billed_to: t("print-billed-to"),
        delivered_to: t("print-delivered-to"),
        account_of: t("print-account-of"),
        received_from: t("print-received-from"),
        issued: t("print-issued"),
        due: t("print-due"),
        period: t("print-period"),
        received_on: t("print-received-on"),
        description: t("print-description"),
        quantity: t("print-quantity"),
        unit: t("print-unit"),
        unit_price: t("print-unit-price"),
        discount: t("print-discount"),
        tax: t("print-tax"),
        amount: t("print-amount"),
        tax_class: t("print-tax-class"),
        tax_rate: t("print-tax-rate"),
        net: t("print-net"),
        tax_amount: t("print-tax-amount"),
        gross: t("print-gross"),
        instalments: t("print-instalments"),
        notes: t("print-notes"),
        how_to_pay: t("print-how-to-pay"),
        payment_code: t("print-payment-code"),
        fiscal: t("print-fiscal"),
        amount_received: t("print-amount-received"),
        applied_to: t("print-applied-to"),
        document: t("print-document"),
        day: t("print-day"),
        text: t("print-text"),
        debit: t("print-debit"),
        credit: t("print-credit"),
        balance: t("print-balance"),
        activity: t("print-activity"),
        open_items: t("print-open-items"),
        days_late: t("print-days-late"),
        open: t("print-open"),
        ageing: t("print-ageing"),
    }
}
