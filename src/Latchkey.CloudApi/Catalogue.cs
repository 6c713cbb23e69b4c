using System.Text.Json;
using Latchkey.CloudApi.Envelope;
using Latchkey.Protocol;

namespace Latchkey.CloudApi;

/// <summary>The parts of the simulated cloud that never change, read from the JSON beside the feature that owns it.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<T> Read<T>(string file)
    {
        using var stream = typeof(Catalogue).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        return JsonSerializer.Deserialize<List<T>>(stream, WireJson.Options)
            ?? throw new InvalidOperationException($"{file} is empty.");
    }
}
