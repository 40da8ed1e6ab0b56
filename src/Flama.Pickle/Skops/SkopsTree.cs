using System.Text.Json;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Skops;

/// <summary>Makes the objects of a schema's nodes.</summary>
internal sealed class SkopsTree(SkopsArchive archive, GlobalTable globals, PickleBudget budget)
{
    private const int ObjectSize = 64;
    private const int MaxNesting = 400;

    private static readonly object Unfinished = new();

    private readonly Dictionary<long, object?> byId = [];
    private int nesting;

    /// <summary>Makes the object of a node, once for each id.</summary>
    public object? Read(JsonElement node)
    {
        if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty("__loader__", out var loader) || loader.ValueKind != JsonValueKind.String)
        {
            throw Wrong("a node does not say what it is");
        }

        var id = node.TryGetProperty("__id__", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var value) ? value : (long?)null;
        if (id is { } known && byId.TryGetValue(known, out var made))
        {
            return ReferenceEquals(made, Unfinished) ? throw Wrong("an object contains itself") : made;
        }

        budget.AddObject(ObjectSize, 0);
        if (++nesting > MaxNesting)
        {
            throw new PickleException(PickleErrorCode.LimitExceeded, $"Objects of the archive are nested deeper than {MaxNesting}.");
        }

        if (id is { } pending)
        {
            byId.Add(pending, Unfinished);
        }

        var result = Make(node, loader.GetString()!);
        nesting--;
        if (id is { } finished)
        {
            byId[finished] = result;
        }

        return result;
    }

    private object? Make(JsonElement node, string loader) => loader switch
    {
        "JsonNode" => SkopsJson.Read(Content(node)),
        "DictNode" or "OrderedDictNode" => Dict(node),
        "DefaultDictNode" => Read(Part(node, "main")),
        "ListNode" => Items(Content(node)).ToList(),
        "TupleNode" => new PickleTuple([.. Items(Content(node))]),
        "SetNode" => Set(node),
        "NdArrayNode" => Array(node),
        "MaskedArrayNode" => new PickleObject(NameOf(node), new PickleTuple([Read(Part(node, "data")), Read(Part(node, "mask"))])),
        "BytesNode" or "BytearrayNode" => archive.Read(FileOf(node)),
        "SliceNode" => Slice(node),
        "TypeNode" or "FunctionNode" => Symbol(node),
        "DTypeNode" or "DtypeNode" => Read(Content(node)) is NdArray array ? array.Type : throw Wrong("a dtype has no array"),
        "RandomStateNode" or "RandomGeneratorNode" => new PickleObject(NameOf(node), PickleTuple.Empty),
        "SparseMatrixNode" => SkopsSparse.Read(archive.Read(FileOf(node)), NameOf(node), budget),
        "PartialNode" => Partial(node),
        _ => Instance(node, loader),
    };

    // An object with attributes, made of arguments where the node has some: trees, losses, search trees of neighbours.
    private PickleObject Instance(JsonElement node, string loader)
    {
        if (!loader.EndsWith("Node", StringComparison.Ordinal) || loader is "MethodNode" or "OperatorFuncNode" or "UnsupportedNode")
        {
            throw new PickleException(
                PickleErrorCode.DisallowedCall, $"The archive has a node '{ValueDescription.Safe(loader)}', which is not among those that are read as data.");
        }

        var arguments = node.TryGetProperty("__reduce__", out var reduce) && reduce.ValueKind == JsonValueKind.Object && reduce.TryGetProperty("args", out var given)
            ? Read(given) as PickleTuple ?? throw Wrong("the arguments of an object are not a tuple")
            : PickleTuple.Empty;
        return new PickleObject(Symbol(node).Global, arguments)
        {
            State = node.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Object && content.TryGetProperty("__loader__", out _) ? Read(content) : null,
            IsBuilt = true,
        };
    }

    private object Dict(JsonElement node)
    {
        var types = node.TryGetProperty("key_types", out var list) && list.TryGetProperty("content", out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Select(type => type.TryGetProperty("__class__", out var name) ? name.GetString() : null).ToArray()
            : [];
        var dict = new PickleDict();
        var position = 0;
        foreach (var entry in Content(node, JsonValueKind.Object).EnumerateObject())
        {
            dict.Set(SkopsJson.Key(entry.Name, position < types.Length ? types[position] : "str"), Read(entry.Value));
            position++;
        }

        var name = NameOf(node);
        return name.Name is "dict" or "OrderedDict" or "Counter" or "defaultdict" ? dict : new PickleObject(Symbol(node).Global, PickleTuple.Empty) { Entries = dict };
    }

    private PickleSet Set(JsonElement node)
    {
        var set = new PickleSet();
        foreach (var item in Items(Content(node)))
        {
            set.Items.Add(item);
        }

        return set;
    }

    private object? Array(JsonElement node)
    {
        if (node.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "json")
        {
            var shape = ArrayReader.ReadShape(Read(Property(node, "shape")));
            var items = new List<object?>();
            foreach (var item in Items(Content(node)))
            {
                Flatten(item, shape.Length - 1, items);
            }

            return new NdArray(shape, [.. items]);
        }

        var array = NpyReader.Read(archive.Read(FileOf(node)));
        return NameOf(node).Name is "ndarray" or "memmap" or "recarray" || array.Shape.Count > 0 ? array : array.ToObjects()[0];
    }

    private static void Flatten(object? item, int depth, List<object?> items)
    {
        if (depth <= 0)
        {
            items.Add(item);
            return;
        }

        foreach (var inner in item as List<object?> ?? throw Wrong("an array of objects has another shape than it says"))
        {
            Flatten(inner, depth - 1, items);
        }
    }

    private static PickleObject Slice(JsonElement node)
    {
        var content = Content(node, JsonValueKind.Object);
        return new PickleObject(new GlobalName("builtins", "slice"), new PickleTuple([End("start"), End("stop"), End("step")]));

        object? End(string name) => content.TryGetProperty(name, out var value) ? SkopsJson.Value(value) : null;
    }

    private PickleObject Partial(JsonElement node)
    {
        var function = Read(Part(node, "func"));
        return new PickleObject(new GlobalName("functools", "partial"), new PickleTuple([function]))
        {
            State = new PickleTuple([function, Read(Part(node, "args")), Read(Part(node, "kwargs")), null]),
            IsBuilt = true,
        };
    }

    private PickleSymbol Symbol(JsonElement node)
    {
        var name = NameOf(node);
        return globals.Find(name.Module, name.Name) ?? throw new PickleException(
            PickleErrorCode.DisallowedGlobal,
            $"The archive refers to {ValueDescription.Of(name)}, which is not among the classes and functions that may be read as data.",
            global: name,
            remedy: "Drop the step that holds it and save the model again, or export the model to ONNX.");
    }

    private IEnumerable<object?> Items(JsonElement content) => content.ValueKind == JsonValueKind.Array
        ? content.EnumerateArray().Select(Read)
        : throw Wrong("a list has no items");

    private static GlobalName NameOf(JsonElement node) =>
        node.TryGetProperty("__module__", out var module) && module.ValueKind == JsonValueKind.String
        && node.TryGetProperty("__class__", out var name) && name.ValueKind == JsonValueKind.String
            ? new(module.GetString()!, name.GetString()!)
            : throw Wrong("a node has no class");

    private static string FileOf(JsonElement node) =>
        Property(node, "file") is { ValueKind: JsonValueKind.String } file ? file.GetString()! : throw Wrong("a node names no file");

    private static JsonElement Part(JsonElement node, string name) => Property(Content(node, JsonValueKind.Object), name);

    private static JsonElement Content(JsonElement node, JsonValueKind? kind = null)
    {
        var content = Property(node, "content");
        return kind is null || content.ValueKind == kind ? content : throw Wrong($"the content of a node is {content.ValueKind}");
    }

    private static JsonElement Property(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) ? value : throw Wrong($"a node has no '{name}'");

    private static PickleException Wrong(string why) => new(PickleErrorCode.Corrupt, $"The archive cannot be read: {why}.");
}
