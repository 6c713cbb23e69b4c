using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>The account that the person's token opens: whom it belongs to and how it stands.</summary>
public sealed record Account
{
    /// <summary>The company; empty when it is a person's.</summary>
    public string Company { get; init; } = "";

    /// <summary>The owner's first name.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>The owner's last name.</summary>
    public string LastName { get; init; } = "";

    /// <summary>Where bills are sent.</summary>
    public string Email { get; init; } = "";

    /// <summary>The first line of the address.</summary>
    [JsonPropertyName("address_1")]
    public string Address1 { get; init; } = "";

    /// <summary>The second line of the address.</summary>
    [JsonPropertyName("address_2")]
    public string Address2 { get; init; } = "";

    /// <summary>The city.</summary>
    public string City { get; init; } = "";

    /// <summary>The state or province.</summary>
    public string State { get; init; } = "";

    /// <summary>The postal code.</summary>
    public string Zip { get; init; } = "";

    /// <summary>The country, in two letters.</summary>
    public string Country { get; init; } = "";

    /// <summary>The telephone number.</summary>
    public string Phone { get; init; } = "";

    /// <summary>The tax number; empty when there is none.</summary>
    public string TaxId { get; init; } = "";

    /// <summary>What is owed, in US dollars; below zero when it is the other way round.</summary>
    public decimal Balance { get; init; }

    /// <summary>What will be owed for what was not billed yet, in US dollars.</summary>
    public decimal BalanceUninvoiced { get; init; }

    /// <summary>The account's id outside this API; null when the API does not say.</summary>
    public string? Euuid { get; init; }

    /// <summary>What the account can use: <c>Linodes</c>, <c>NodeBalancers</c> …</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Since when it is a customer's, in UTC; null when the API does not say.</summary>
    public DateTimeOffset? ActiveSince { get; init; }
}
