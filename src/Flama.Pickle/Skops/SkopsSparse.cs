using Flama.Pickle.Numpy;

namespace Flama.Pickle.Skops;

/// <summary>Reads the files that scipy keeps sparse matrices in (<c>.npz</c>): a zip of arrays.</summary>
internal static class SkopsSparse
{
    /// <summary>The matrix as a pickle would hold it.</summary>
    public static PickleObject Read(byte[] file, GlobalName name, PickleBudget budget)
    {
        using var archive = SkopsArchive.Open(file, budget.Limits, budget);
        var shape = Array(archive, "shape").ToInt64s();
        if (name.Name is not ("csr_matrix" or "csc_matrix" or "csr_array" or "csc_array") || shape.Length != 2)
        {
            throw new PickleException(PickleErrorCode.DisallowedCall, $"The archive has a sparse matrix of class {ValueDescription.Of(name)}, which is not read.", global: name);
        }

        var state = new PickleDict();
        state.Set("_shape", new PickleTuple([BoxedValues.Of(shape[0]), BoxedValues.Of(shape[1])]));
        foreach (var part in (string[])["data", "indices", "indptr"])
        {
            state.Set(part, Array(archive, part));
        }

        return new PickleObject(name, PickleTuple.Empty) { State = state, IsBuilt = true };
    }

    private static NdArray Array(SkopsArchive archive, string name) => NpyReader.Read(archive.Read($"{name}.npy"));
}
