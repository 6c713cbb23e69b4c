using System.Text.Json.Serialization;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Customers;

namespace Latchkey.LoginServer.Api.Accounts;

/// <summary>The caller as a customer. Nothing costs anything here, so there is no balance and no card.</summary>
internal sealed record AccountView(
    string Euuid,
    DateTimeOffset ActiveSince,
    string FirstName,
    string LastName,
    string Company,
    string Email,
    string Phone,
    [property: JsonPropertyName("address_1")] string Address1,
    [property: JsonPropertyName("address_2")] string Address2,
    string City,
    string State,
    string Zip,
    string Country,
    string TaxId)
{
    public decimal Balance { get; }

    public decimal BalanceUninvoiced { get; }

    public string BillingSource { get; } = "linode";

    public IReadOnlyList<string> Capabilities { get; } = ["Linodes"];

    public CreditCard CreditCard { get; } = new(null, null);

    public IReadOnlyList<string> ActivePromotions { get; } = [];

    public static AccountView Of(UserProfile user, Contact contact) => new(
        user.Id.ToString("D"),
        user.CreatedAt,
        contact.FirstName,
        contact.LastName,
        contact.Company,
        contact.Email ?? user.Email,
        contact.Phone,
        contact.Address1,
        contact.Address2,
        contact.City,
        contact.State,
        contact.Zip,
        contact.Country,
        contact.TaxId);
}

/// <summary>Both null when there is none.</summary>
internal sealed record CreditCard(string? LastFour, string? Expiry);
