using Flama.Pickle;

namespace Flama.Torch.Archives;

/// <summary>Reads the pickles of an archive: objects of serialized classes and tensors over storages, nothing else.</summary>
/// <param name="archive">The archive.</param>
internal sealed class TorchPickle(TorchArchive archive)
{
    private readonly Dictionary<string, byte[]> storages = new(StringComparer.Ordinal);

    /// <summary>The tensors that were read, in their order.</summary>
    public List<StoredTensor> Tensors { get; } = [];

    /// <summary>Reads a pickle whose storages are in a folder.</summary>
    /// <param name="path">The path of the pickle.</param>
    /// <param name="folder">The path of the folder, with a slash at its end.</param>
    /// <param name="isDescription">Whether the file has shapes without elements, as examples of tracing.</param>
    /// <exception cref="FlamaException">It is damaged, or names what only a program of its author knows.</exception>
    public object? Read(string path, string folder, bool isDescription = false)
    {
        var table = new GlobalTableBuilder()
            .AddPackage("__torch__", anyName: true)
            .AddConstructor("collections", "OrderedDict", static call => new PickleDict())
            .AddConstructor("torch._utils", "_rebuild_tensor_v2", Rebuild)
            .AddConstructor("torch._utils", "_rebuild_parameter", static call => call.Arguments[0])
            .AddConstructor("torch._utils", "_rebuild_qtensor", static call => new QuantizedTensor())
            .AddFunctions("torch", "per_tensor_affine", "per_channel_affine")
            .AddPersistentIds(call => Storage(call, isDescription ? null : folder));
        foreach (var list in (string[])["build_intlist", "build_doublelist", "build_boollist", "build_tensorlist"])
        {
            table.AddConstructor("torch.jit._pickle", list, static call => call.Argument<List<object?>>(0));
        }

        table.AddConstructor("torch.jit._pickle", "restore_type_tag", static call => call.Arguments.Count > 0 ? call.Arguments[0] : null);
        foreach (var kind in (string[])["Float", "Double", "Half", "BFloat16", "Long", "Int", "Short", "Char", "Byte", "Bool", "ComplexFloat", "ComplexDouble", "QInt8", "QUInt8", "QInt32"])
        {
            table.AddFunctions("torch", $"{kind}Storage");
        }

        try
        {
            return PickleReader.Read(archive.Read(path), PickleLimits.Default, table.Build());
        }
        catch (PickleException failure)
        {
            var code = ErrorCodes.All.FirstOrDefault(code => string.Equals(code.Name, failure.Code, StringComparison.Ordinal)) ?? ErrorCodes.Corrupt;
            throw new FlamaException(code, $"The PyTorch file cannot be read: {failure.Message}", failure.Remedy ?? "Save the model again.", failure);
        }
    }

    private StorageView Storage(PickleCall id, string? folder)
    {
        if (id.Arguments.Count < 5 || id.Arguments[0] is not "storage" || TorchTypes.OfStorage(id.Argument<PickleSymbol>(1).Global.Name) is not { } type)
        {
            throw id.Refused("it is not a storage");
        }

        if (folder is null)
        {
            return new(type, null);
        }

        var key = folder + id.Argument<string>(2);
        if (!storages.TryGetValue(key, out var bytes))
        {
            storages[key] = bytes = archive.Read(key);
        }

        return id.Argument<long>(4) is var count && count >= 0 && count <= bytes.Length / TorchTypes.SizeOf(type)
            ? new(type, bytes.AsMemory(0, (int)count * TorchTypes.SizeOf(type)))
            : throw TorchErrors.Corrupt($"storage '{SafeText.OneLine(key, 60)}' is to have {count} elements and has {bytes.Length} bytes");
    }

    private StoredTensor Rebuild(PickleCall call)
    {
        var storage = call.Argument<StorageView>(0);
        if (storage.Bytes is not { } bytes)
        {
            return StoredTensor.Described(storage.Type, Lengths(call, 2));
        }

        Tensors.Add(StoredTensor.Of(storage.Type, bytes, call.Argument<long>(1), Lengths(call, 2), Lengths(call, 3), archive.Charge));
        return Tensors[^1];
    }

    private static long[] Lengths(PickleCall call, int index)
    {
        var items = call.Argument<PickleTuple>(index).Items;
        var lengths = new long[items.Count];
        for (var i = 0; i < lengths.Length; i++)
        {
            lengths[i] = items[i] is long length ? length : throw call.Refused("sizes and strides are not numbers");
        }

        return lengths;
    }

    private sealed record StorageView(TorchType Type, ReadOnlyMemory<byte>? Bytes);
}
