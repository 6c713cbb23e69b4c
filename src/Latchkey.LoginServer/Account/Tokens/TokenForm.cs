using Latchkey.Core.Clients;
using Latchkey.Protocol;
using Microsoft.AspNetCore.Http;

namespace Latchkey.LoginServer.Account.Tokens;

/// <summary>The form for a new token, as it was sent.</summary>
public sealed class TokenForm
{
    public const string LabelField = "label";
    public const string ExpiryField = "expiry";
    public const string EverythingField = "everything";

    public static readonly TokenForm Blank = new();

    public string Label { get; private init; } = "";

    public string Expiry { get; private init; } = TokenExpiry.Default.Value;

    public ScopeSet Scopes { get; private init; }

    internal IReadOnlyList<string> Problems { get; private init; } = [];

    /// <summary>What the field of a family is called; the value is a level, or nothing.</summary>
    public static string FieldOf(ScopeFamily family) => $"scope-{family.Name}";

    internal static TokenForm Read(IFormCollection form, ScopeCatalogue catalogue)
    {
        var label = form[LabelField].ToString().Trim();
        var expiry = form[ExpiryField].ToString();
        var scopes = form[EverythingField] == Scope.Everything.Text
            ? ScopeSet.Everything
            : ScopeSet.Create([.. catalogue.Families.Select(f => Chosen(f, form[FieldOf(f)].ToString())).OfType<Scope>()]);
        string?[] problems =
        [
            LabelRules.Problem(label),
            scopes.IsEmpty ? "Choose at least one thing the token may do." : null,
            TokenExpiry.Find(expiry) is null ? "Choose when the token expires." : null,
        ];
        return new TokenForm { Label = label, Expiry = expiry, Scopes = scopes, Problems = [.. problems.OfType<string>()] };
    }

    private static Scope? Chosen(ScopeFamily family, string level) => level switch
    {
        "read_only" => Scope.Of(family.Name, ScopeLevel.ReadOnly),
        "read_write" => Scope.Of(family.Name, ScopeLevel.ReadWrite),
        _ => null,
    };
}
