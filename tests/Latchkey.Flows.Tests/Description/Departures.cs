namespace Latchkey.Flows.Tests.Description;

/// <summary>Where we answer other than the description says, and why. One that is no longer needed fails.</summary>
internal static class Departures
{
    private const string NoneYet = "null where there is none, as Linode's answers have it; the description forgets to allow it";
    private const string Newer = "newer than the description; Linode's clients read it";

    /// <summary>In the shape of an answer.</summary>
    public static readonly IReadOnlyList<Departure> OfShape =
    [
        new("/profile", "/verified_phone_number", "type", "its own words say: null if there is none"),
        new("/profile", "/user_type", Undescribed, Newer),
        new("/profile/tokens", "/expiry", "type", NoneYet),
        new("/profile/apps", "/thumbnail_url", "type", NoneYet),
        new("/profile/apps", "/website", "type", NoneYet),
        new("/account", "/credit_card/expiry", "type", NoneYet),
        new("/account", "/credit_card/last_four", "type", NoneYet),
        new("/account/settings", "/longview_subscription", "type", "its own words say: null for Longview Free"),
        new("/account/notifications", "/until", "type", NoneYet),
        new("/account/notifications", "/when", "type", NoneYet),
        new("/account/notifications", "/entity/id", "type", "a profile has no id"),
        new("/account/events", "/percent_complete", "type", "its own words say: null for notification events"),
        new("/account/events", "/rate", "type", "its own words say: only some events have one"),
        new("/account/events", "/secondary_entity", "type", NoneYet),
        new("/account/events", "/entity/id", "type", "profile and account have none, its own words say; a client's is text"),
        new("/regions", "/site_type", Undescribed, Newer),
        new("/linode/types", "/region_prices", Undescribed, Newer),
        new("/linode/types", "/addons/backups/region_prices", Undescribed, Newer),
        new("/images", "/capabilities", Undescribed, Newer),
        new("/linode/instances", "/label", "pattern", "its dots are not escaped, so that no label fits"),
        new("/linode/instances", "/backups", "required", "last_successful is left out while there is none: it may be nothing but a date"),
    ];

    /// <summary>In the scope that is asked for: verb and path, what is described, what is asked here.</summary>
    public static readonly IReadOnlyList<Departure> OfScope =
    [
        new("GET /images", "images:read_only", "*", PublicList),
        new("GET /images/{imageId}", "images:read_only", "*", PublicList),
        new("GET /linode/stackscripts", "stackscripts:read_only", "*", PublicList),
        new("GET /linode/stackscripts/{stackscriptId}", "stackscripts:read_only", "*", PublicList),
    ];

    /// <summary>Routes that the description does not know.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfRoutes = new Dictionary<string, string>
    {
        ["GET /iam/users/{}/permissions/account"] = "newer than the description; Cloud Manager asks for it on every page",
        ["POST /account/oauth-clients/{}/reset_secret"] = "Linode's Python library writes reset-secret this way",
    };

    private const string Undescribed = "undescribed";
    private const string PublicList = "public ones are listed for anyone: Linode's own example app asks without a token";
}

/// <param name="Path">As in the description, up to its first parameter; the departure counts for all below it.</param>
/// <param name="Where">JSON pointer into the answer, or into one of a list.</param>
/// <param name="Rule">The keyword that is broken.</param>
internal sealed record Departure(string Path, string Where, string Rule, string Reason);
