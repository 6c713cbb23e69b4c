using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Latchkey.LoginServer.Tests.Framework;

/// <summary>A form on a page, filled in the way a person (or a script) would.</summary>
internal sealed class PageForm
{
    private readonly IHtmlFormElement _form;
    private readonly List<KeyValuePair<string, string>> _extra = [];

    private PageForm(IHtmlFormElement form, Uri action)
    {
        _form = form;
        Action = action;
    }

    public Uri Action { get; private set; }

    /// <summary>What pressing a button (or none) sends.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields =>
    [
        .. Inputs.Where(i => i.Type is not ("checkbox" or "radio") || i.IsChecked).Select(i => KeyValuePair.Create(i.Name!, i.Value)),
        .. _form.QuerySelectorAll<IHtmlTextAreaElement>("textarea[name]").Select(t => KeyValuePair.Create(t.Name!, t.Value)),
        .. _form.QuerySelectorAll<IHtmlSelectElement>("select[name]").Select(s => KeyValuePair.Create(s.Name!, s.Value ?? "")),
        .. _extra,
    ];

    private IEnumerable<IHtmlInputElement> Inputs => _form.QuerySelectorAll<IHtmlInputElement>("input[name]");

    public static PageForm Of(IHtmlFormElement form, Uri page) => new(form, new Uri(page, form.GetAttribute("action") ?? ""));

    public PageForm Set(string name, string value)
    {
        switch (_form.QuerySelectorAll($"[name='{name}']").Single())
        {
            case IHtmlTextAreaElement text:
                text.Value = value;
                break;
            case IHtmlSelectElement select:
                select.Value = value;
                break;
            case var input:
                ((IHtmlInputElement)input).Value = value;
                break;
        }

        return this;
    }

    public PageForm Untick(string value) => Check(value, false);

    public PageForm Tick(string value) => Check(value, true);

    /// <summary>Sends the form somewhere else, token and all, as somebody would who tries addresses.</summary>
    public PageForm To(string path)
    {
        Action = new Uri(Action, path);
        return this;
    }

    /// <summary>Presses the button that is named so.</summary>
    public PageForm Press(string name, string value)
    {
        Assert.Contains(_form.QuerySelectorAll("button"), b => b.GetAttribute("name") == name && b.GetAttribute("value") == value);
        _extra.Add(KeyValuePair.Create(name, value));
        return this;
    }

    /// <summary>Sends a field that is not on the page.</summary>
    public PageForm Add(string name, string value)
    {
        _extra.Add(KeyValuePair.Create(name, value));
        return this;
    }

    public PageForm Remove(string name)
    {
        foreach (var input in _form.QuerySelectorAll($"[name='{name}']").ToList())
        {
            input.Remove();
        }

        return this;
    }

    /// <summary>Chooses one of a group of radio buttons.</summary>
    public PageForm Choose(string name, string value)
    {
        foreach (var radio in Inputs.Where(i => i.Type == "radio" && i.Name == name).ToList())
        {
            radio.IsChecked = radio.Value == value;
        }

        return this;
    }

    private PageForm Check(string value, bool ticked)
    {
        Inputs.Single(i => i.Type == "checkbox" && i.Value == value).IsChecked = ticked;
        return this;
    }
}
