using InstallOnLinode.Install;
using Latchkey.Linode;

namespace InstallOnLinode.Home;

/// <summary>The form as it was sent, with what is wrong in it by the name of the field.</summary>
public sealed class OrderForm
{
    /// <summary>Keeps a StackScript's own fields apart from <c>region</c>, <c>type</c> and <c>image</c>.</summary>
    public const string FieldPrefix = "udf-";

    private const int MaxFieldLength = 1000;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _problems = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Problems => _problems;

    /// <summary>The empty form, with the defaults of the StackScript.</summary>
    public static OrderForm New(Choices choices)
    {
        var form = new OrderForm();
        foreach (var field in choices.Fields)
        {
            form._values[FieldPrefix + field.Name] = field.Default ?? "";
        }

        return form;
    }

    public static OrderForm Read(IFormCollection sent, Choices choices)
    {
        var form = new OrderForm();
        form.ReadChoice(sent, "region", choices.Regions.Select(r => r.Id));
        form.ReadChoice(sent, "type", choices.Types.Select(t => t.Id));
        form.ReadChoice(sent, "image", choices.Images.Select(i => i.Id));
        foreach (var field in choices.Fields)
        {
            form.ReadField(sent, field);
        }

        return form;
    }

    public string Value(string name) => _values.GetValueOrDefault(name, "");

    public Order ToOrder(Choices choices) => new(
        Value("region"),
        Value("type"),
        Value("image"),
        choices.Script?.Id,
        choices.Fields.ToDictionary(f => f.Name, f => Value(FieldPrefix + f.Name), StringComparer.Ordinal));

    private void ReadChoice(IFormCollection sent, string name, IEnumerable<string> offered)
    {
        _values[name] = sent[name].ToString();
        if (!offered.Contains(_values[name], StringComparer.Ordinal))
        {
            _problems[name] = $"Choose {(name == "image" ? "an image" : $"a {name}")} from the list.";
        }
    }

    private void ReadField(IFormCollection sent, UserDefinedField field)
    {
        var name = FieldPrefix + field.Name;
        var value = string.Join(',', sent[name].Select(v => v?.Trim()));
        _values[name] = value;
        if (value.Length == 0 && field.Default is null)
        {
            _problems[name] = "Fill this in.";
        }
        else if (value.Length > MaxFieldLength)
        {
            _problems[name] = $"At most {MaxFieldLength} characters.";
        }
        else if (Options(field) is { Count: > 0 } options && value.Length > 0 && !value.Split(',').All(options.Contains))
        {
            _problems[name] = "Choose from the list.";
        }
    }

    /// <summary>What a field may be, when it may not be just anything.</summary>
    public static IReadOnlyList<string> Options(UserDefinedField field) =>
        (field.OneOf ?? field.ManyOf)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
