//! What stands around every message: the seller of a request, the verdict of an answer.

use super::wire::{c, messages};

messages! {
    /// The fields of an answer besides its data.
    pub struct Head {
        code: String = "resultCd", c(4);
        message: Option<String> = "resultMsg", c(4000);
        at: Option<String> = "resultDt", c(14);
    }

    /// Whose device it is. Each is absent where the headers say it.
    pub struct SellerFields {
        tin: Option<String> = "tin", c(9);
        branch: Option<String> = "bhfId", c(2);
        key: Option<String> = "cmcKey", c(255).or_out();
    }
}
