namespace Latchkey.CloudApi.Tests.Images;

public sealed class ImageTests
{
    [Fact]
    public async Task An_image_is_found_with_its_slash_plain_and_encoded()
    {
        await using var host = await CloudApiHost.StartAsync();
        foreach (var id in new[] { "linode/debian12", "linode%2Fdebian12", "linode%2fdebian12" })
        {
            var answer = await host.GetAsync($"/v4beta/images/{id}");

            Assert.Equal("Debian 12", answer.Json.GetProperty("label").GetString());
            Assert.Equal("2023-06-11T00:00:00", answer.Json.GetProperty("created").GetString());
        }

        (await host.GetAsync("/v4/images/linode")).MustRefuse(404);
    }
}
