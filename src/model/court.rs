//! The courts that misl knows by id, with the names that styles print.

/// A court. Ids are those of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Court {
    /// Gazetteer id: `ihc`.
    pub id: &'static str,
    /// Full name: `Islamabad High Court`.
    pub name: &'static str,
    /// The way law reports and judgments shorten it: `Islamabad`, `SC`.
    pub report_name: &'static str,
    /// Two-letter country code, lower case.
    pub country: &'static str,
    /// Higher courts first: 0 is the highest of the country.
    pub rank: u8,
}

macro_rules! courts {
    ($($id:literal, $name:literal, $report:literal, $country:literal, $rank:literal;)*) => {
        &[$(Court { id: $id, name: $name, report_name: $report, country: $country, rank: $rank }),*]
    };
}

/// Every known court, the highest first within a country.
pub const COURTS: &[Court] = courts! {
    "fcc-pk", "Federal Constitutional Court of Pakistan", "FCC", "pk", 0;
    "scp", "Supreme Court of Pakistan", "SC", "pk", 0;
    "fsc", "Federal Shariat Court", "FSC", "pk", 1;
    "ihc", "Islamabad High Court", "Islamabad", "pk", 2;
    "lhc", "Lahore High Court", "Lahore", "pk", 2;
    "shc", "High Court of Sindh", "Sindh", "pk", 2;
    "phc", "Peshawar High Court", "Peshawar", "pk", 2;
    "bhc", "High Court of Balochistan", "Quetta", "pk", 2;
    "ajkhc", "High Court of Azad Jammu and Kashmir", "AJ&K", "pk", 2;
    "ajksc", "Supreme Court of Azad Jammu and Kashmir", "SC (AJ&K)", "pk", 1;
    "gbsac", "Supreme Appellate Court Gilgit-Baltistan", "GB", "pk", 1;
    "gbcc", "Gilgit-Baltistan Chief Court", "Gilgit", "pk", 2;
    "uksc", "Supreme Court of the United Kingdom", "UKSC", "gb", 0;
    "ukpc", "Judicial Committee of the Privy Council", "UKPC", "gb", 0;
    "ewca", "Court of Appeal of England and Wales", "EWCA", "gb", 1;
    "ewhc", "High Court of England and Wales", "EWHC", "gb", 2;
    "scotus", "Supreme Court of the United States", "U.S.", "us", 0;
    "india-sc", "Supreme Court of India", "SC", "in", 0;
    "ecthr", "European Court of Human Rights", "ECtHR", "coe", 0;
    "cjeu", "Court of Justice of the European Union", "CJEU", "eu", 0;
    "zacc", "Constitutional Court of South Africa", "ZACC", "za", 0;
};

/// Returns the court with id `id`.
pub fn by_id(id: &str) -> Option<&'static Court> {
    COURTS.iter().find(|court| court.id == id)
}
