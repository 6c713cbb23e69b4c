using System.Text.Json;
using Latchkey.LoginServer.Clients;
using Latchkey.Protocol;
using Microsoft.Extensions.Options;

namespace Latchkey.LoginServer.Metadata;

/// <summary>What the server can do, in the words clients look for. It lists exactly what works.</summary>
/// <remarks>RFC 8414 §2, RFC 9207 §3. Addresses come from the configured issuer, never from the request.</remarks>
internal static class MetadataEndpoint
{
    private static readonly string[] ClientAuthentication = ["client_secret_basic", "client_secret_post"];

    public static Task HandleAsync(HttpContext context, IOptions<LoginServerOptions> options)
    {
        // The one document that any page may read: it holds nothing about anyone.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        return OAuthJson.WriteAsync(context.Response, writer => Write(writer, options.Value));
    }

    private static void Write(Utf8JsonWriter writer, LoginServerOptions options)
    {
        writer.WriteString("issuer", options.Issuer);
        writer.WriteString("authorization_endpoint", options.Issuer + OAuthPaths.Authorize);
        writer.WriteString("token_endpoint", options.Issuer + OAuthPaths.Token);
        writer.WriteString("revocation_endpoint", options.Issuer + OAuthPaths.Revoke);
        writer.WriteString("introspection_endpoint", options.Issuer + OAuthPaths.Introspect);
        WriteList(writer, "response_types_supported", ["code"]);
        WriteList(writer, "response_modes_supported", ["query", "form_post"]);
        WriteList(writer, "grant_types_supported", [GrantTypes.AuthorizationCode, GrantTypes.RefreshToken]);
        WriteList(writer, "code_challenge_methods_supported", [CodeChallenge.Method]);
        WriteList(writer, "token_endpoint_auth_methods_supported", [.. ClientAuthentication, "none"]);
        WriteList(writer, "revocation_endpoint_auth_methods_supported", [.. ClientAuthentication, "none"]);
        WriteList(writer, "introspection_endpoint_auth_methods_supported", ClientAuthentication);
        WriteList(writer, "scopes_supported", Scopes(options.Scopes));
        writer.WriteBoolean("authorization_response_iss_parameter_supported", true);
    }

    private static IEnumerable<string> Scopes(ScopeCatalogue catalogue) =>
        catalogue.Families.SelectMany(f => new[] { ScopeLevel.ReadOnly, ScopeLevel.ReadWrite }.Select(l => Scope.Of(f.Name, l).Text)).Append("*");

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
