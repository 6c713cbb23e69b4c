using System.Text.Json.Serialization;

namespace Latchkey.Linode;

/// <summary>How the API's JSON is read and written: snake case, unknown members passed over, no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    PropertyNameCaseInsensitive = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LinodeTime), typeof(InstanceStatusConverter), typeof(RootPasswordConverter)])]
[JsonSerializable(typeof(Page<Region>))]
[JsonSerializable(typeof(Page<LinodeType>))]
[JsonSerializable(typeof(Page<Image>))]
[JsonSerializable(typeof(Page<StackScript>))]
[JsonSerializable(typeof(Page<Instance>))]
[JsonSerializable(typeof(Region))]
[JsonSerializable(typeof(LinodeType))]
[JsonSerializable(typeof(Image))]
[JsonSerializable(typeof(StackScript))]
[JsonSerializable(typeof(Instance))]
[JsonSerializable(typeof(Profile))]
[JsonSerializable(typeof(CreateInstanceRequest))]
[JsonSerializable(typeof(UpdateInstanceRequest))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
