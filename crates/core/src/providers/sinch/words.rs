//! The words of Sinch.

use crate::id::open_enum;

open_enum! {
    /// What kind of number it is.
    NumberType {
        /// Any: under v1alpha1 what is meant when none is given.
        Unspecified = "NUMBER_TYPE_UNSPECIFIED",
        /// Of a mobile range.
        Mobile = "MOBILE",
        /// Of a region.
        Local = "LOCAL",
        /// Free for the caller, paid by the owner.
        TollFree = "TOLL_FREE",
    }
}

open_enum! {
    /// What a number can be used for.
    NumberCapability {
        /// Anything.
        Unspecified = "NUMBER_CAPABILITY_UNSPECIFIED",
        /// The SMS product.
        Sms = "SMS",
        /// The Voice product.
        Voice = "VOICE",
    }
}

open_enum! {
    /// Where in a number the digits of a pattern are.
    SearchPattern {
        /// Not said.
        Unspecified = "SEARCH_PATTERN_UNSPECIFIED",
        /// At the start, with `+` and country code.
        Start = "START",
        /// Anywhere.
        Contains = "CONTAINS",
        /// At the end.
        End = "END",
    }
}

open_enum! {
    /// What a list of numbers is ordered by.
    NumberOrder {
        /// The number.
        PhoneNumber = "phoneNumber",
        /// The name for people.
        DisplayName = "displayName",
    }
}

open_enum! {
    /// What answers calls to a number.
    VoiceType {
        /// A Voice app: `app_id`.
        Rtc = "RTC",
        /// A SIP trunk: `trunk_id`.
        Est = "EST",
        /// The Fax product: `service_id`.
        Fax = "FAX",
    }
}

open_enum! {
    /// How far along a set-up is. There is no word for success: then the set-up is gone, and its ids are the number's own.
    ProvisioningStatus {
        /// Not said.
        Unspecified = "PROVISIONING_STATUS_UNSPECIFIED",
        /// Not begun.
        Waiting = "WAITING",
        /// Begun.
        InProgress = "IN_PROGRESS",
        /// It will not come.
        Failed = "FAILED",
    }
}

open_enum! {
    /// Why an SMS set-up failed.
    ProvisioningError {
        /// Not said.
        Unspecified = "ERROR_CODE_UNSPECIFIED",
        /// Inside Sinch.
        InternalError = "INTERNAL_ERROR",
        /// The SMS product did not take the number.
        SmsProvisioningFailed = "SMS_PROVISIONING_FAILED",
        /// The campaign did not take the number.
        CampaignProvisioningFailed = "CAMPAIGN_PROVISIONING_FAILED",
        /// There is no such campaign, or not now.
        CampaignNotAvailable = "CAMPAIGN_NOT_AVAILABLE",
        /// The campaign has as many numbers as it may.
        Exceeded10DlcLimit = "EXCEEDED_10DLC_LIMIT",
        /// The number could not be set up.
        NumberProvisioningFailed = "NUMBER_PROVISIONING_FAILED",
        /// A partner of Sinch is failing.
        PartnerServiceUnavailable = "PARTNER_SERVICE_UNAVAILABLE",
        /// The campaign is not accepted yet.
        CampaignPendingAcceptance = "CAMPAIGN_PENDING_ACCEPTANCE",
        /// The operator did not share it.
        MnoSharingError = "MNO_SHARING_ERROR",
        /// The campaign is over.
        CampaignExpired = "CAMPAIGN_EXPIRED",
        /// An operator refused the campaign.
        CampaignMnoRejected = "CAMPAIGN_MNO_REJECTED",
        /// An operator suspended the campaign.
        CampaignMnoSuspended = "CAMPAIGN_MNO_SUSPENDED",
        /// An operator is looking at the campaign.
        CampaignMnoReview = "CAMPAIGN_MNO_REVIEW",
        /// The account cannot pay for it.
        InsufficientBalance = "INSUFFICIENT_BALANCE",
        /// The campaign is a mock one.
        MockCampaignNotAllowed = "MOCK_CAMPAIGN_NOT_ALLOWED",
        /// The campaign takes no toll-free numbers.
        TfnNotAllowed = "TFN_NOT_ALLOWED",
        /// The NNID is wrong.
        InvalidNnid = "INVALID_NNID",
    }
}

open_enum! {
    /// What became of the check of an address.
    ValidationResult {
        /// Not said.
        Unspecified = "VALIDATION_RESULT_UNSPECIFIED",
        /// It is one as it stands.
        ExactMatch = "EXACT_MATCH",
        /// It is one after corrections.
        NearMatch = "NEAR_MATCH",
        /// It is none.
        NoMatch = "NO_MATCH",
    }
}
