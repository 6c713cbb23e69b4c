using System.Text.Json;
using CsCheck;
using Latchkey.Linode;

namespace Latchkey.Linode.Tests.Api;

public sealed class FilterTests
{
    public static TheoryData<Filter<Instance>, string> Filters => new()
    {
        { InstanceFields.Region.Is("us-east"), """{"region":"us-east"}""" },
        { InstanceFields.Label.IsNot("a"), """{"label":{"+neq":"a"}}""" },
        { InstanceFields.Label.Contains("web"), """{"label":{"+contains":"web"}}""" },
        { InstanceFields.Id.GreaterThan(5), """{"id":{"+gt":5}}""" },
        { InstanceFields.Id.AtLeast(5), """{"id":{"+gte":5}}""" },
        { InstanceFields.Id.LessThan(5), """{"id":{"+lt":5}}""" },
        { InstanceFields.Id.AtMost(5), """{"id":{"+lte":5}}""" },
        { InstanceFields.Status.Is(InstanceStatus.Running), """{"status":"running"}""" },
        { InstanceFields.Created.AtLeast(new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.FromHours(1))), """{"created":{"+gte":"2026-01-02T02:00:00"}}""" },
        { InstanceFields.Region.Is("a") & InstanceFields.Type.Is("b"), """{"+and":[{"region":"a"},{"type":"b"}]}""" },
        { InstanceFields.Region.Is("a") | InstanceFields.Type.Is("b"), """{"+or":[{"region":"a"},{"type":"b"}]}""" },
        { InstanceFields.Region.Is("a").OrderByDescending(InstanceFields.Label), """{"region":"a","+order_by":"label","+order":"desc"}""" },
        { Filter.All<Instance>().OrderBy(InstanceFields.Label), """{"+order_by":"label","+order":"asc"}""" },
        { Filter.Where<Instance, bool>("new_member").Is(true), """{"new_member":true}""" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_filter_is_written_as_Linode_reads_it(Filter<Instance> filter, string json) => Assert.Equal(json, filter.ToJson());

    [Fact]
    public void No_value_can_leave_its_place() => Gen.String.Sample(text =>
    {
        var header = InstanceFields.Label.Is(text).ToJson();

        Assert.All(header, c => Assert.InRange(c, ' ', '~'));
        var root = JsonDocument.Parse(header).RootElement;
        Assert.Equal("label", Assert.Single(root.EnumerateObject()).Name);
    });

    [Fact]
    public void A_name_cannot_be_an_operator() =>
        Assert.Throws<ArgumentException>(() => Filter.Where<Instance, string>("+or"));
}
