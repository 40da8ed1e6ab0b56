using System.Globalization;
using System.Text;
using Flama.Pickle;
using Flama.Torch.Archives;
using Flama.Torch.Code;
using Flama.Torch.Programs;

namespace Flama.Torch.Scripts;

/// <summary>A TorchScript archive: objects, their code and constants.</summary>
internal sealed class ScriptProgram
{
    private const int NewestVersion = 10;

    private ScriptProgram(PickleObject root, CodeLibrary library, IReadOnlyList<object?> constants)
    {
        Root = root;
        Library = library;
        Constants = constants;
    }

    public PickleObject Root { get; }

    public CodeLibrary Library { get; }

    public IReadOnlyList<object?> Constants { get; }

    /// <summary>The lengths of rows that its weights take, in the order of the file.</summary>
    public IReadOnlyList<long> Widths { get; private init; } = [];

    /// <summary>The type of its floating weights, where they have one.</summary>
    public TorchType FloatType { get; private init; } = TorchType.Float;

    public string ClassName => Root.Class.ToString();

    /// <summary>Reads an archive.</summary>
    /// <exception cref="FlamaException">It is damaged, or of a version that is not known.</exception>
    public static ScriptProgram Read(TorchArchive archive)
    {
        CheckVersion(archive);
        if (archive.Find("byteorder") is { } order && Encoding.UTF8.GetString(order).Trim() != "little")
        {
            throw TorchErrors.Version("a machine with another order of bytes");
        }

        TorchPickle pickles = new(archive);
        var root = pickles.Read("data.pkl", "data/") as PickleObject ?? throw TorchErrors.Corrupt("'data.pkl' holds no object of a class");
        IReadOnlyList<object?> constants = archive.Has("constants.pkl") ? pickles.Read("constants.pkl", "constants/") switch
        {
            PickleTuple tuple => tuple.Items,
            List<object?> list => list,
            _ => throw TorchErrors.Corrupt("'constants.pkl' holds no tuple"),
        }
        : [];
        CodeLibrary library = new(archive);
        return library.FindClass(root.Class.ToString()) is null ? throw TorchErrors.Corrupt($"it has no code for {SafeText.OneLine(root.Class.ToString(), 100)}") : new(root, library, constants) { Widths = [.. pickles.Tensors.Where(static tensor => tensor.Shape.Count > 1).Select(static tensor => tensor.Shape[1]).Distinct()], FloatType = FloatTypeOf(pickles.Tensors) };
    }

    private static TorchType FloatTypeOf(IEnumerable<StoredTensor> tensors)
    {
        var types = tensors.Where(static tensor => tensor.Shape.Count > 0 && TorchTypes.IsFloating(tensor.Type)).Select(static tensor => tensor.Type).Distinct().ToList();
        return types is [var only] ? only : TorchType.Float;
    }

    /// <summary>The methods that callers may call: forward, and others that are exported.</summary>
    public IReadOnlyList<ProgramMethod> Methods(TorchArchive archive)
    {
        var definition = Library.FindClass(ClassName)!;
        var examples = Examples(archive);
        return
        [
            .. definition.Methods.Values
                .Where(method => !method.Name.StartsWith('_') && method.Parameters.Count > 0)
                .OrderBy(method => method.Name == "forward" ? 0 : 1)
                .Select(method => new ScriptMethod(this, method, method.Name == "forward" ? examples : [])),
        ];
    }

    private static IReadOnlyList<object?> Examples(TorchArchive archive)
    {
        if (!archive.Has("traced_inputs.pkl"))
        {
            return [];
        }

        // By name of the method: {"forward": (x, …)}.
        var read = new TorchPickle(archive).Read("traced_inputs.pkl", "traced_inputs/", isDescription: true);
        return read is PickleDict dict && dict.TryGetValue("forward", out var inputs) ? inputs switch
        {
            PickleTuple tuple => tuple.Items,
            List<object?> list => list,
            _ => [],
        }
        : read is PickleTuple plain ? plain.Items : [];
    }

    private static void CheckVersion(TorchArchive archive)
    {
        var record = archive.Find(".data/version") ?? archive.Find("version");
        if (record is null || !int.TryParse(Encoding.UTF8.GetString(record).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            throw TorchErrors.Corrupt("it does not tell its version");
        }

        if (version is > NewestVersion or < 1)
        {
            throw TorchErrors.Version($"version {version} of its format; 1 to {NewestVersion} are known");
        }
    }
}
