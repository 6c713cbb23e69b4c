namespace Latchkey.Storage.Customers;

/// <summary>Name and address of whoever pays for the account; empty where nothing was said.</summary>
public sealed record Contact
{
    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    public string Company { get; init; } = "";

    /// <summary>Null for the user's own.</summary>
    public string? Email { get; init; }

    public string Phone { get; init; } = "";

    public string Address1 { get; init; } = "";

    public string Address2 { get; init; } = "";

    public string City { get; init; } = "";

    public string State { get; init; } = "";

    public string Zip { get; init; } = "";

    /// <summary>Two letters (ISO 3166).</summary>
    public string Country { get; init; } = "";

    public string TaxId { get; init; } = "";
}
