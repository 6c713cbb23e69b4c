using System.Text.Json;
using Latchkey.CloudApi.Envelope;
using Latchkey.CloudApi.Linodes.StackScripts;
using Latchkey.Protocol;

namespace Latchkey.CloudApi.Linodes.Instances;

/// <summary>The answers to a StackScript's questions. They may hold passwords: checked and forgotten, as the root password is.</summary>
internal static class StackScriptData
{
    private const string Field = "stackscript_data";
    private const int Longest = 65_535;

    public static void Check(RequestBody body, StackScript script, JsonElement? data)
    {
        if (data?.GetRawText().Length > Longest)
        {
            body.Refuse(Field, $"stackscript_data must not be longer than {Longest} characters.");
            return;
        }

        foreach (var asked in script.UserDefinedFields)
        {
            if (Answer(data, asked.Name, out var answer) is { } wrong)
            {
                body.Refuse(Field, wrong);
            }
            else if (asked.Refusal(answer) is { } refusal)
            {
                body.Refuse(Field, refusal);
            }
        }
    }

    private static string? Answer(JsonElement? data, string name, out string? answer)
    {
        answer = null;
        if (data is not { } answers || !answers.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        answer = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return answer is null ? $"{name} must be a string." : null;
    }
}
