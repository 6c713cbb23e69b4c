using PublicApiGenerator;

namespace Latchkey.Testing.Tests;

public sealed class PublicApiTests
{
    /// <summary>A change of the package's surface is a change of <c>PublicApi.txt</c> beside this file, seen in review.</summary>
    [Fact]
    public void The_public_surface_is_the_one_checked_in()
    {
        var surface = typeof(LatchkeyServer).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });
        var file = Path.Combine(AppContext.BaseDirectory, "PublicApi.txt");

        Assert.True(
            File.Exists(file) && Normal(File.ReadAllText(file)) == Normal(surface),
            "The surface changed. If that is meant, replace tests/Latchkey.Testing.Tests/PublicApi.txt with:\n" + surface);
    }

    private static string Normal(string text) => text.ReplaceLineEndings("\n").Trim();
}
