//! The receipt as it is printed (§6): the block of the device as data, and the text of its QR code, written and read back.

use std::fmt;

use jiff::civil::DateTime;
use receivables::billing::fiscal::Receipt;

use super::device::Device;
use super::pack::Pack;
use super::sale::Signed;
use super::wire::time_from;

/// What kind of receipt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    NormalSale,
    NormalRefund,
    CopySale,
    CopyRefund,
    TrainingSale,
    TrainingRefund,
    Proforma,
}

impl Label {
    pub const ALL: [(Label, &'static str); 7] = [
        (Label::NormalSale, "NS"),
        (Label::NormalRefund, "NR"),
        (Label::CopySale, "CS"),
        (Label::CopyRefund, "CR"),
        (Label::TrainingSale, "TS"),
        (Label::TrainingRefund, "TR"),
        (Label::Proforma, "PS"),
    ];

    /// From `salesTyCd` and `rcptTyCd`; `None` for what there is no receipt of, such as a refund of a proforma.
    pub fn of(sale_type: &str, receipt_type: &str) -> Option<Label> {
        let code = format!("{sale_type}{receipt_type}");
        Label::ALL.iter().find(|(_, known)| *known == code).map(|(label, _)| *label)
    }

    /// Two letters.
    pub fn code(self) -> &'static str {
        Label::ALL.iter().find(|(label, _)| *label == self).map_or("", |(_, code)| code)
    }

    /// Whether it must say that it is not an official receipt.
    pub fn is_unofficial(self) -> bool {
        !matches!(self, Label::NormalSale | Label::NormalRefund)
    }

    /// The same of a copy, which is a reprint and needs no call; `None` for what is not copied.
    pub fn copy(self) -> Option<Label> {
        match self {
            Label::NormalSale | Label::CopySale => Some(Label::CopySale),
            Label::NormalRefund | Label::CopyRefund => Some(Label::CopyRefund),
            _ => None,
        }
    }
}

/// `27/32 NS`: the receipts of this label, and all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub of_label: u64,
    pub of_all: u64,
    pub label: Label,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{} {}", self.of_label, self.of_all, self.label.code())
    }
}

/// The block of the device, ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// `dd/mm/yyyy`.
    pub day: String,
    /// `hh:mm:ss`.
    pub time: String,
    pub sdc: String,
    pub mrc: String,
    pub count: Count,
    /// In groups of four joined by `-`.
    pub internal_data: String,
    /// In groups of four joined by `-`.
    pub signature: String,
    pub qr: Qr,
    /// `SDC…/n`, as tax declarations name the invoice.
    pub invoice_number: String,
}

impl Signed {
    /// What is kept of an answer; `sdc` and `mrc` of initialisation are for devices that do not repeat them. `None` where
    /// neither says which device it was.
    pub fn receipt(&self, device: &Device, pack: &Pack) -> Option<Receipt> {
        Some(Receipt {
            sdc: self.sdc.clone().or_else(|| device.sdc.clone())?,
            mrc: self.mrc.clone().or_else(|| device.mrc.clone())?,
            of_label: self.receipt,
            of_all: self.receipts,
            internal_data: self.internal_data.clone(),
            signature: self.signature.clone(),
            signed_at: pack.instant(self.signed_at)?,
        })
    }
}

impl Printed {
    /// Of a receipt that was kept; `None` for a moment outside the calendar.
    pub fn of(receipt: &Receipt, label: Label, pack: &Pack) -> Option<Printed> {
        let Receipt { sdc, mrc, of_label, of_all, internal_data, signature, signed_at } = receipt;
        let qr = Qr {
            at: pack.local(*signed_at)?,
            sdc: sdc.clone(),
            receipt: of_label.to_string(),
            internal_data: internal_data.clone(),
            signature: signature.clone(),
        };
        Some(Printed {
            day: qr.day("/"),
            time: qr.time(":"),
            sdc: sdc.clone(),
            mrc: mrc.clone(),
            count: Count { of_label: *of_label, of_all: *of_all, label },
            internal_data: grouped(internal_data),
            signature: grouped(signature),
            qr,
            invoice_number: format!("{sdc}/{of_label}"),
        })
    }
}

/// Four and four, joined by `-`.
fn grouped(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// What the QR code says: `ddmmyyyy#hhmmss#sdcNumber#sdcReceiptNumber#internalData#receiptSignature`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qr {
    /// Local time of the device.
    pub at: DateTime,
    pub sdc: String,
    pub receipt: String,
    pub internal_data: String,
    pub signature: String,
}

impl Qr {
    /// Reads what somebody scanned; groups of four may be joined by `-`. `None` where it is no such text.
    pub fn read(text: &str) -> Option<Qr> {
        let parts: Vec<&str> = text.trim().split('#').collect();
        let [day, time, sdc, receipt, internal_data, signature] = parts.as_slice() else { return None };
        if day.len() != 8 || !day.is_ascii() || [sdc, receipt, internal_data, signature].iter().any(|p| p.is_empty()) {
            return None;
        }
        let at = time_from(&format!("{}{}{}{time}", &day[4..], &day[2..4], &day[..2]))?;
        let [internal_data, signature] = [internal_data, signature].map(|part| part.replace('-', ""));
        Some(Qr { at, sdc: (*sdc).to_owned(), receipt: (*receipt).to_owned(), internal_data, signature })
    }

    fn day(&self, between: &str) -> String {
        let day = self.at.date();
        format!("{:02}{between}{:02}{between}{:04}", day.day(), day.month(), day.year())
    }

    fn time(&self, between: &str) -> String {
        let time = self.at.time();
        format!("{:02}{between}{:02}{between}{:02}", time.hour(), time.minute(), time.second())
    }
}

impl fmt::Display for Qr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Qr { sdc, receipt, internal_data, signature, .. } = self;
        write!(f, "{}#{}#{sdc}#{receipt}#{internal_data}#{signature}", self.day(""), self.time(""))
    }
}
