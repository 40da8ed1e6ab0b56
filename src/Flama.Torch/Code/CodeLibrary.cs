using System.Text;
using Flama.Torch.Archives;

namespace Flama.Torch.Code;

/// <summary>The classes and functions that an archive's code defines, each file parsed when something of it is first asked for.</summary>
/// <param name="archive">The archive.</param>
internal sealed class CodeLibrary(TorchArchive archive)
{
    private const string Root = "code/";

    private readonly Dictionary<string, Module?> modules = new(StringComparer.Ordinal);

    /// <summary>Finds a class by its qualified name; null when there is none.</summary>
    public Class? FindClass(string name) => Split(name, out var last) is { } module && module.Classes.TryGetValue(last, out var found) ? found : null;

    /// <summary>Finds a function by its qualified name; null when there is none.</summary>
    public Function? FindFunction(string name) => Split(name, out var last) is { } module && module.Functions.TryGetValue(last, out var found) ? found : null;

    private Module? Split(string name, out string last)
    {
        var dot = name.LastIndexOf('.');
        last = name[(dot + 1)..];
        return dot < 0 ? null : Find(name[..dot]);
    }

    private Module? Find(string prefix)
    {
        if (!modules.TryGetValue(prefix, out var module))
        {
            var path = $"{Root}{prefix.Replace('.', '/')}.py";
            modules[prefix] = module = archive.Find(path) is { } bytes ? Parser.Parse(path, Encoding.UTF8.GetString(bytes)) : null;
        }

        return module;
    }
}
