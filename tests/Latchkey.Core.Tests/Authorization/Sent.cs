using System.Collections;
using Latchkey.Core.Authorization;
using Latchkey.Core.Clients;
using Latchkey.Protocol;

namespace Latchkey.Core.Tests.Authorization;

/// <summary>The parameters of a request, valid until something is changed.</summary>
internal sealed class Sent : IEnumerable<KeyValuePair<string, string>>
{
    public const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly List<KeyValuePair<string, string>> _pairs;

    private Sent(IEnumerable<KeyValuePair<string, string>> pairs) => _pairs = [.. pairs];

    public static Sent By(Client client) => new Sent([])
        .With(OAuthParameters.ClientId, client.Id)
        .With(OAuthParameters.RedirectUri, client.RedirectUris[0])
        .With(OAuthParameters.ResponseType, "code")
        .With(OAuthParameters.Scope, "linodes:read_write")
        .With(OAuthParameters.State, "xyz")
        .With(OAuthParameters.CodeChallenge, Challenge)
        .With(OAuthParameters.CodeChallengeMethod, "S256");

    /// <summary>With this value alone; null leaves the parameter out.</summary>
    public Sent With(string name, string? value) =>
        new(_pairs.Where(p => p.Key != name).Concat(value is null ? [] : [new(name, value)]));

    public Sent Without(params string[] names) => new(_pairs.Where(p => !names.Contains(p.Key)));

    /// <summary>Sent once more.</summary>
    public Sent And(string name, string value) => new(_pairs.Append(new(name, value)));

    /// <summary>The three steps, as an endpoint takes them.</summary>
    public Outcome To(Client? client)
    {
        var parameters = new AuthorizationParameters(this);
        return !AuthorizationRequest.TryGetClientId(parameters, out _, out var failure) ? new(null, null, failure)
            : !AuthorizationRequest.TryIdentify(parameters, client, out var identified, out failure) ? new(null, null, failure)
            : AuthorizationRequest.TryValidate(parameters, identified, ScopeCatalogue.Linode, out var request, out failure) ? new(identified, request, null)
            : new(identified, null, failure);
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _pairs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
