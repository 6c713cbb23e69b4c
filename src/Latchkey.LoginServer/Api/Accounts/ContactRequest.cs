using Latchkey.Core.Accounts;
using Latchkey.Protocol;
using Latchkey.Storage.Customers;

namespace Latchkey.LoginServer.Api.Accounts;

/// <summary>What of a contact is to change. What can only be read is passed over; what is wrong is noted on the body.</summary>
internal sealed class ContactRequest
{
    // As long as Linode lets them be.
    private static readonly Dictionary<string, int> Longest = new()
    {
        ["first_name"] = 50,
        ["last_name"] = 50,
        ["company"] = 128,
        ["phone"] = 32,
        ["address_1"] = 64,
        ["address_2"] = 64,
        ["city"] = 24,
        ["state"] = 24,
        ["zip"] = 20,
        ["country"] = 2,
        ["tax_id"] = 25,
        ["email"] = 128,
    };

    private readonly Dictionary<string, string?> _sent = [];

    public ContactRequest(RequestBody body)
    {
        foreach (var (field, longest) in Longest)
        {
            var text = body.String(field);
            if (text?.Length > longest || text?.Any(char.IsControl) == true)
            {
                body.Refuse(field, $"{field} must be at most {longest} characters, on one line.");
            }

            _sent[field] = text;
        }

        Refuse(body, "email", e => EmailRules.IsAddress(e), "email must be an e-mail address.");
        Refuse(body, "country", c => c is "" or [>= 'A' and <= 'Z', >= 'A' and <= 'Z'], "country must be a two-letter ISO 3166 code.");
        Refuse(body, "zip", IsZip, "zip may have letters, digits, blanks and hyphens, and 9 letters or digits at most.");
    }

    /// <summary>The contact as it will be; null, and what is wrong noted, when its parts do not fit each other.</summary>
    public Contact? ApplyTo(Contact contact, RequestBody body)
    {
        var wanted = contact with
        {
            FirstName = _sent["first_name"] ?? contact.FirstName,
            LastName = _sent["last_name"] ?? contact.LastName,
            Company = _sent["company"] ?? contact.Company,
            Phone = _sent["phone"] ?? contact.Phone,
            Address1 = _sent["address_1"] ?? contact.Address1,
            Address2 = _sent["address_2"] ?? contact.Address2,
            City = _sent["city"] ?? contact.City,
            State = _sent["state"] ?? contact.State,
            Zip = _sent["zip"] ?? contact.Zip,
            Country = _sent["country"] ?? contact.Country,
            TaxId = _sent["tax_id"] ?? contact.TaxId,
            Email = _sent["email"] ?? contact.Email,
        };
        if (wanted.Country == "US" && (_sent["country"] ?? _sent["zip"]) is not null && !IsUsZip(wanted.Zip))
        {
            body.Refuse("zip", "zip must be a US zip code, as 19102 or 19102-1234.");
        }

        if (wanted.Country is "US" or "CA" && (_sent["country"] ?? _sent["state"]) is not null
            && wanted.State is not ("" or [>= 'A' and <= 'Z', >= 'A' and <= 'Z']))
        {
            body.Refuse("state", "state must be a two-letter code in the US and Canada.");
        }

        return body.Errors.Count > 0 ? null : wanted;
    }

    private void Refuse(RequestBody body, string field, Func<string, bool> fits, string reason)
    {
        if (_sent[field] is { } text && text.Length <= Longest[field] && !fits(text))
        {
            body.Refuse(field, reason);
        }
    }

    private static bool IsZip(string zip) =>
        zip.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-') && zip.Count(char.IsAsciiLetterOrDigit) <= 9;

    private static bool IsUsZip(string zip) => zip.Length switch
    {
        5 => zip.All(char.IsAsciiDigit),
        10 => zip[5] == '-' && zip.Remove(5, 1).All(char.IsAsciiDigit),
        _ => false,
    };
}
