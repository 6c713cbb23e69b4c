using System.Reflection;
using Latchkey.Linode;
using PublicApiGenerator;

namespace Latchkey.Linode.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_is_the_one_that_was_reviewed()
    {
        var now = Lines(typeof(LinodeClient).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }));
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("PublicApi.txt")!;
        var reviewed = Lines(new StreamReader(stream).ReadToEnd());
        if (now.SequenceEqual(reviewed))
        {
            return;
        }

        var file = Path.Combine(Directory.CreateTempSubdirectory("latchkey-api-").FullName, "PublicApi.txt");
        File.WriteAllLines(file, now);
        Assert.Fail(string.Join(
            '\n',
            [
                "The public surface of Latchkey.Linode changed. When that is meant, copy",
                $"  {file}",
                "over tests/Latchkey.Linode.Tests/PublicApi.txt and tell the reader of CHANGELOG.md.",
                .. reviewed.Except(now).Select(l => $"- {l.Trim()}"),
                .. now.Except(reviewed).Select(l => $"+ {l.Trim()}"),
            ]));
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0)];
}
