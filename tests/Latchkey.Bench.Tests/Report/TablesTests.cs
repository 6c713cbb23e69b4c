using Latchkey.Bench.Report;

namespace Latchkey.Bench.Tests.Report;

public sealed class TablesTests
{
    [Fact]
    public void A_page_that_marks_the_place_keeps_the_rest() => Assert.Equal(
        "before\n<!-- measured -->\nnew\n<!-- /measured -->\nafter",
        Tables.Placed("before\n<!-- measured -->\nold\n<!-- /measured -->\nafter", "new\n"));

    [Theory]
    [InlineData("")]
    [InlineData("no marks")]
    [InlineData("<!-- measured -->\nno end")]
    public void Any_other_file_becomes_the_tables(string page) => Assert.Equal("new\n", Tables.Placed(page, "new\n"));
}
