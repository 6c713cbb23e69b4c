using System.Text;
using System.Text.Json;

namespace Latchkey.Fuzz.Framework;

/// <summary>Makes requests: a valid one where the route is known, a plausible one where it is not, then some harm done to it.</summary>
internal sealed class RequestGenerator(World world, Life life, Dice dice)
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    public FuzzRequest Next(IReadOnlyList<Route> routes)
    {
        var route = dice.Pick(routes);
        var method = dice.Chance(90) ? dice.Pick(route.Methods) : dice.Pick(Hostile.Methods);
        var target = Path(route) + Query(route);
        var (body, type) = method is "GET" or "HEAD" or "TRACE" && dice.Chance(95) ? (null, null) : Body(route);
        AddHeaders(route);
        return new FuzzRequest(route, method, target, [.. _headers], body, type);
    }

    private string Path(Route route)
    {
        var path = new StringBuilder();
        foreach (var segment in route.Pattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { IsCatchAll: true } => dice.Pick(Rest),
                    Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart => dice.Chance(75) ? dice.Pick(life.Ids) : Escape(dice.Pick(Hostile.Values)),
                    _ => "",
                });
            }
        }

        var text = path.Length == 0 ? "/" : path.ToString();
        return dice.Chance(92) ? text : dice.Below(8) switch
        {
            0 => text + "/",
            1 => "/" + text,
            2 => text.Replace("/", "/%2e/", StringComparison.Ordinal),
            3 => text + "%00",
            4 => text.ToUpperInvariant(),
            5 => text + ";x=1",
            6 => text.Replace("/", "%2F", StringComparison.Ordinal).Insert(0, "/"),
            _ => text + "/" + Escape(dice.Pick(Hostile.Values)),
        };
    }

    private static readonly IReadOnlyList<string> Rest =
        ["", "tokens", "tokens/1", "apps", "apps/1", "grants", "oauth-clients", "oauth-clients/0123456789abcdef0123", "logins", "logins/1", "devices", "devices/1", "sshkeys", "sshkeys/1", "settings", "users", "users/ada", "users/grace/permissions/account", "events", "events/1/seen", "events/1/read", "notifications", "maintenance", "transfer", "security-questions", "%2e%2e/x", "a%2Fb", "a;b", "%00", "..", "preferences"];

    private string Query(Route route)
    {
        if (route.Text == "/oauth/authorize")
        {
            var (client, callback) = dice.Below(3) switch { 0 => (world.Public, World.OtherCallback), 1 => (world.Compatible, World.Callback), _ => (world.Strict, World.Callback) };
            var pairs = Life.AuthorizeUrl(client, callback).Split('?')[1].Split('&')
                .Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], Uri.UnescapeDataString(p[1]))).ToList();
            return "?" + Encode(Harm(pairs, 60));
        }

        return dice.Chance(60) ? "" : dice.Chance(10) ? "?" + Escape(dice.Pick(Hostile.Values)) : "?" + Encode(Random(1 + dice.Below(4)));
    }

    private (byte[]? Body, string? Type) Body(Route route)
    {
        if (dice.Chance(5))
        {
            return (Encoding.UTF8.GetBytes(dice.Pick(Hostile.Values)), dice.Pick(Hostile.ContentTypes));
        }

        if (!route.Text.StartsWith("/v4", StringComparison.Ordinal))
        {
            var fields = Harm(Form(route), 50);
            return dice.Below(20) switch
            {
                0 => Multipart(fields),
                1 => (JsonSerializer.SerializeToUtf8Bytes(fields.DistinctBy(f => f.Key).ToDictionary(f => f.Key, f => f.Value)), "application/json"),
                2 => (Encoding.UTF8.GetBytes(Encode(fields)), dice.Pick(Hostile.ContentTypes)),
                _ => (Encoding.UTF8.GetBytes(Encode(fields)), "application/x-www-form-urlencoded"),
            };
        }

        var json = dice.Chance(25) ? dice.Pick(Hostile.Json) : Object(route, 0);
        if (dice.Chance(10) && json.Length > 1)
        {
            json = json.Remove(dice.Below(json.Length), 1);
        }

        return (Encoding.UTF8.GetBytes(json), dice.Chance(92) ? "application/json" : dice.Pick(Hostile.ContentTypes));
    }

    private List<KeyValuePair<string, string>> Form(Route route) => route.Text switch
    {
        // What ends this life's session is rare, or the pages behind it would hardly be seen.
        "/login" => dice.Chance(4) ? life.LoginForm : Life.With(life.LoginForm, ("password", "wrong")),
        "/logout" => dice.Chance(4) ? life.LogoutForm : Life.With(life.LogoutForm, ("__RequestVerificationToken", Mutate(life.LogoutForm[0].Value))),
        "/oauth/consent" => life.ConsentForm,
        "/oauth/token" when dice.Chance(50) =>
        [
            new("grant_type", "authorization_code"), new("code", life.Secrets["code"]), new("redirect_uri", World.Callback), new("code_verifier", Life.Verifier), .. Client(),
        ],
        "/oauth/token" => [new("grant_type", "refresh_token"), new("refresh_token", life.Secrets["refresh"]), .. Client()],
        "/oauth/revoke" => [new("token", Token()), .. Client()],
        "/oauth/introspect" => [new("token", Token()), new("client_id", world.Api.Client.Id), new("client_secret", life.Secrets["api-secret"])],
        "/account/clients" or "/account/clients/{id}" => Page(("label", "fuzz"), ("redirect_uris", World.Callback), ("public", dice.Pick(["", "true"]))),
        "/account/tokens" => Page(("label", "fuzz"), ("expiry", dice.Pick(["30d", "never", "x"])), ("scope-linodes", "read_only"), ("everything", dice.Pick(["", "*"]))),
        "/account/password" => Page(("current_password", "wrong"), ("new_password", World.Password + "1"), ("new_password_again", World.Password + "1")),
        _ => [.. Page(), .. Random(3)],
    };

    private List<KeyValuePair<string, string>> Page(params (string Name, string Value)[] fields) =>
        Life.With([.. life.LoginForm.Where(f => f.Key == "__RequestVerificationToken")], fields);

    private List<KeyValuePair<string, string>> Client() => dice.Below(4) switch
    {
        0 => [new("client_id", world.Public.Client.Id)],
        1 => [new("client_id", world.Compatible.Client.Id), new("client_secret", life.Secrets["compatible-secret"])],
        _ => [new("client_id", world.Strict.Client.Id), new("client_secret", life.Secrets["secret"])],
    };

    // A living token revoked ends the life's grant, so whole ones are rare.
    private string Token()
    {
        var token = life.Secrets[dice.Pick(["access", "refresh", "code", "personal", "other-personal"])];
        return dice.Chance(5) ? token : Mutate(token);
    }

    private void AddHeaders(Route route)
    {
        if (route.Text.StartsWith("/v4", StringComparison.Ordinal))
        {
            _headers.Add(new("Authorization", dice.Below(10) switch
            {
                0 => "Bearer " + Mutate(life.Secrets["access"]),
                1 => dice.Pick(["Bearer", "Bearer ", "token x", "Basic " + Escape("a:b"), "Bearer a,Bearer b", "bearer  x", "\u00e9", "Bearer " + new string('a', 3000)]),
                2 => "token " + life.Secrets["personal"],
                3 => "Bearer " + life.Secrets["access"],
                4 => "Bearer " + life.Secrets["other-personal"],
                _ => "Bearer " + life.Secrets["personal"],
            }));
            if (dice.Chance(25))
            {
                _headers.Add(new("X-Filter", HeaderSafe(dice.Pick(Hostile.Filters))));
            }
        }
        else if (dice.Chance(10))
        {
            var secret = dice.Chance(50) ? life.Secrets["secret"] : dice.Pick(Hostile.Values);
            _headers.Add(new("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{world.Strict.Client.Id}:{secret}"))));
        }

        if (dice.Chance(70))
        {
            _headers.Add(new("Cookie", HeaderSafe(dice.Chance(85) ? life.Cookies : Mutate(life.Cookies))));
        }

        if (dice.Chance(50))
        {
            _headers.Add(new("Sec-Fetch-Site", "same-origin"));
        }

        for (var more = dice.Chance(20) ? dice.Below(4) : 0; more > 0; more--)
        {
            _headers.Add(new(dice.Pick(Hostile.HeaderNames), HeaderSafe(dice.Pick(dice.Chance(80) ? Hostile.Values : Hostile.Filters))));
        }
    }

    private List<KeyValuePair<string, string>> Random(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => KeyValuePair.Create(dice.Pick(Hostile.Names), dice.Pick(Hostile.Values)))];

    private List<KeyValuePair<string, string>> Harm(List<KeyValuePair<string, string>> fields, int chance)
    {
        var harmed = fields.ToList();
        for (var times = dice.Chance(chance) ? 1 + dice.Below(3) : 0; times > 0; times--)
        {
            var at = harmed.Count == 0 ? -1 : dice.Below(harmed.Count);
            switch (at < 0 ? 3 : dice.Below(6))
            {
                case 0:
                    harmed.RemoveAt(at);
                    break;
                case 1:
                    harmed.Add(harmed[at]);
                    break;
                case 2:
                    harmed[at] = new(harmed[at].Key, Mutate(harmed[at].Value));
                    break;
                case 3:
                    harmed.AddRange(Random(1));
                    break;
                default:
                    harmed[at] = new(harmed[at].Key, dice.Pick(Hostile.Values));
                    break;
            }
        }

        return harmed;
    }

    private string Mutate(string text)
    {
        if (text.Length == 0)
        {
            return "x";
        }

        var at = dice.Below(text.Length);
        return dice.Below(7) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, dice.Pick(["0", "\0", "%", " ", "\u00e9", "=", "/", "a"])),
            2 => text[..at],
            3 => text[at..],
            4 => text.ToUpperInvariant(),
            5 => text + text,
            _ => string.Concat(text.AsSpan(0, at), text[at] == 'a' ? "b" : "a", text.AsSpan(at + 1)),
        };
    }

    private string Object(Route route, int depth)
    {
        var template = route.Text.Contains("stackscripts", StringComparison.Ordinal)
            ? new Dictionary<string, string> { ["label"] = "\"script\"", ["images"] = "[\"linode/debian12\"]", ["script"] = "\"#!/bin/bash\\n# <UDF name=\\\"a\\\" label=\\\"A\\\" />\\n\"" }
            : route.Text.Contains("instances", StringComparison.Ordinal)
                ? new() { ["region"] = "\"us-east\"", ["type"] = "\"g6-nanode-1\"", ["image"] = "\"linode/debian12\"", ["root_pass"] = "\"aComplexP@ssword\"" }
                : route.Text.EndsWith("/profile", StringComparison.Ordinal)
                    ? new() { ["email"] = "\"ada@new.example\"", ["timezone"] = "\"US/Eastern\"", ["lish_auth_method"] = "\"keys_only\"", ["authorized_keys"] = $"[{SshKey}]" }
                : route.Text.EndsWith("/account", StringComparison.Ordinal)
                    ? new() { ["first_name"] = "\"Ada\"", ["country"] = "\"US\"", ["zip"] = "\"19102\"", ["state"] = "\"PA\"", ["email"] = "\"ada@new.example\"" }
                : route.Text.Contains("sshkeys", StringComparison.Ordinal)
                    ? new() { ["label"] = "\"a\"", ["ssh_key"] = SshKey }
                : new Dictionary<string, string> { ["label"] = "\"a\"" };
        for (var more = dice.Below(4); more > 0; more--)
        {
            template[dice.Pick(Hostile.Names)] = dice.Below(6) switch
            {
                0 when depth < 3 => Object(route, depth + 1),
                1 => $"[{Quote(dice.Pick(Hostile.Values))},{dice.Pick(Literals)}]",
                2 => dice.Pick(Literals),
                _ => Quote(dice.Pick(Hostile.Values)),
            };
        }

        return "{" + string.Join(',', template.Select(p => Quote(p.Key) + ":" + p.Value)) + "}";
    }

    private const string SshKey = "\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICxLE19E0vVqCsVDPAydxvFGZD2J+FKmH8P7LPYsBoDm a\"";

    private static readonly IReadOnlyList<string> Literals = ["1", "-1", "0", "1.5", "true", "false", "null", "1e400", "2147483648", "9223372036854775808", "[]", "{}", "10001", "-0"];

    // An escape keeps half a surrogate pair, which UTF-8 could not carry.
    private static string Quote(string text) => "\"" + string.Concat(text.Select(c => c is '"' or '\\' or < ' ' or > '~' ? $"\\u{(int)c:x4}" : c.ToString())) + "\"";

    private (byte[] Body, string Type) Multipart(List<KeyValuePair<string, string>> fields)
    {
        const string Boundary = "lkboundary";
        var text = new StringBuilder();
        foreach (var (name, value) in fields)
        {
            var file = dice.Chance(5) ? "; filename=\"../x\"" : "";
            text.Append($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n");
        }

        return (Encoding.UTF8.GetBytes(text.Append(dice.Chance(90) ? $"--{Boundary}--\r\n" : "").ToString()), "multipart/form-data; boundary=" + Boundary);
    }

    // Most of it as browsers do; some values go as they are, for the server to make what it can of them.
    private string Encode(List<KeyValuePair<string, string>> fields) => string.Join(
        dice.Chance(97) ? "&" : ";", fields.Select(f => Escape(f.Key) + "=" + (dice.Chance(93) ? Escape(f.Value) : Raw(f.Value))));

    private static string Escape(string text) => string.Concat(Encoding.UTF8.GetBytes(text)
        .Select(b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' ? ((char)b).ToString() : $"%{b:X2}"));

    private static string Raw(string text) => string.Concat(text.Where(c => c is > ' ' and < '\x7f' and not '#'));

    private static string HeaderSafe(string text) => string.Concat(text.Where(c => c is not ('\r' or '\n' or '\0') && !char.IsSurrogate(c)));
}
