using Flama.Pickle;
using Flama.Sklearn;

namespace Flama.ConformanceTests;

/// <summary>The classes that golden models consist of, outermost and inner ones, what they can do and which versions wrote them.</summary>
internal static class SeenEstimators
{
    private static readonly Lazy<IReadOnlyDictionary<GlobalName, (HashSet<Method> Methods, HashSet<string> Versions)>> Found = new(Read);

    public static IReadOnlyDictionary<GlobalName, (HashSet<Method> Methods, HashSet<string> Versions)> All => Found.Value;

    private static Dictionary<GlobalName, (HashSet<Method> Methods, HashSet<string> Versions)> Read()
    {
        var seen = new Dictionary<GlobalName, (HashSet<Method> Methods, HashSet<string> Versions)>();
        foreach (var archive in SklearnCase.Versions)
        {
            var version = archive[(archive.LastIndexOf('/') + 1)..];
            foreach (var golden in SklearnCase.Names(archive).Select(name => SklearnCase.Read(archive, name)).Where(golden => golden.IsPickle))
            {
                var value = PickleReader.Read(golden.Model, globals: SklearnGlobals.Table);
                foreach (var (type, estimator) in BuiltOf(golden.Name, value))
                {
                    if (!seen.TryGetValue(type, out var found))
                    {
                        seen.Add(type, found = ([], new(StringComparer.Ordinal)));
                    }

                    found.Methods.UnionWith(estimator.Methods);
                    found.Versions.Add(version);
                }
            }
        }

        return seen;
    }

    private static IEnumerable<(GlobalName Class, Estimator Estimator)> BuiltOf(string name, object? value)
    {
        try
        {
            return EstimatorChoice.Make(name, value).Loader.Built;
        }
        catch (FlamaException exception) when (exception.Code == ErrorCodes.UnsupportedEstimator)
        {
            return [];
        }
    }
}
