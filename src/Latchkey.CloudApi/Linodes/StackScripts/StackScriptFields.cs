using Latchkey.CloudApi.Envelope;
using Latchkey.CloudApi.Images;
using Latchkey.Protocol;

namespace Latchkey.CloudApi.Linodes.StackScripts;

/// <summary>What a client may write into a StackScript; null where it said nothing.</summary>
internal sealed record StackScriptFields(string? Label, string? Description, IReadOnlyList<string>? Images, string? Script, string? RevisionNote)
{
    private const int LongestScript = 65_535;
    private const int LongestNote = 512;

    /// <summary>Reads and checks; what is wrong stands in the body's errors.</summary>
    public static StackScriptFields Read(RequestBody body, bool creating)
    {
        var fields = new StackScriptFields(
            body.String("label"), body.String("description"), body.Strings("images"), body.String("script"), body.String("rev_note"));
        if (creating)
        {
            fields.RequireAll(body);
        }

        if (fields.Label is { } label && (label.Length is < 3 or > 128 || label.Any(char.IsControl)))
        {
            body.Refuse("label", "label must be between 3 and 128 characters long.");
        }

        if (fields.RevisionNote?.Length > LongestNote)
        {
            body.Refuse("rev_note", $"rev_note must not be longer than {LongestNote} characters.");
        }

        if (fields.Description?.Length > LongestScript)
        {
            body.Refuse("description", $"description must not be longer than {LongestScript} characters.");
        }

        if (body.Bool("is_public") == true)
        {
            body.Refuse("is_public", "This cloud keeps StackScripts private to their owner.");
        }

        CheckImages(body, fields.Images);
        CheckScript(body, fields.Script);
        return fields;
    }

    private void RequireAll(RequestBody body)
    {
        foreach (var (field, missing) in new[] { ("label", Label is null), ("images", Images is null), ("script", Script is null) })
        {
            if (missing && body.Errors.All(e => e.Field != field))
            {
                body.Refuse(field, $"{field} is required");
            }
        }
    }

    private static void CheckImages(RequestBody body, IReadOnlyList<string>? images)
    {
        if (images is { Count: 0 } || images?.All(i => i == StackScript.AnyImage || ImageCatalogue.Find(i) is not null) == false)
        {
            body.Refuse("images", "images must name at least one Image, and only ones that exist.");
        }
    }

    private static void CheckScript(RequestBody body, string? script)
    {
        if (script is null)
        {
            return;
        }

        var asked = script.Length > LongestScript ? [] : UserDefinedField.In(script);
        var refusal = script.Length > LongestScript ? $"script must not be longer than {LongestScript} characters."
            : !script.StartsWith("#!", StringComparison.Ordinal) ? "script must begin with a shebang (#!)."
            : asked.Any(f => f.Label.Length == 0 || f.Name.Length == 0 || !f.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
                ? "Every UDF needs a label, and a name of letters, digits and underscores."
            : asked.DistinctBy(f => f.Name).Count() < asked.Count ? "Two UDFs must not have the same name."
            : null;
        if (refusal is not null)
        {
            body.Refuse("script", refusal);
        }
    }
}
