using Latchkey.Core.Clients;

namespace Latchkey.Core.Tests.Clients;

/// <summary>Pictures that another program made; what is no picture is tried where one is sent in.</summary>
public sealed class ThumbnailRulesTests
{
    [Theory]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQMAAACnuvRZAAAABlBMVEUBAgMEBQaVU29IAAAADElEQVQImWNwYFgAAAFkAOHEJ/KaAAAAAElFTkSuQmCC")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAUAAAADBAMAAAHeH+hdAAAALVBMVEUAAQISExQkJSYDBAUVFhcnKCkGBwgYGRoqKywJCgsbHB0MDQ4eHyAPEBEhIiPf98cMAAAAGUlEQVQImWNgYNjAkMBwqIHBkuEpw0X3BQAj7gUpP8MrWAAAAABJRU5ErkJggg==")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAkAAAAHCAAAAAGI9wgqAAAAQ0lEQVQImWNg0GCYwmyy7geD1z0mExOGWU/0Kg4xmZiYmJgwqObvZGbYzxk8lyFy8Vtzxs9eXl6MvqpQwPgczmqEsQBkthRCn5m3zQAAAABJRU5ErkJggg==")]
    public void Grey_coloured_indexed_and_interlaced_pictures_will_do(string picture) =>
        Assert.Null(ThumbnailRules.Problem(Convert.FromBase64String(picture)));
}
