using System.Runtime.CompilerServices;
using Flama.Torch.Lowering;

namespace Flama.Torch.Programs;

/// <summary>How the arrays of an answer stand together. Immutable.</summary>
/// <param name="Form">One, a list, or by name.</param>
/// <param name="Names">The names; those of a list are for descriptions only.</param>
internal sealed record OutputLayout(OutputForm Form, IReadOnlyList<string> Names)
{
    private const int Most = 10_000;

    /// <summary>Flattens what a program returns; None is left out.</summary>
    /// <param name="result">What it returns.</param>
    /// <param name="values">Takes the tensors, numbers and texts.</param>
    public static OutputLayout Of(object? result, List<object> values)
    {
        List<string> names = [];
        var form = result switch
        {
            PythonDict => OutputForm.Named,
            PythonTuple { Names: not null } => OutputForm.Named,
            PythonTuple or PythonList => OutputForm.List,
            _ => OutputForm.Single,
        };
        var visits = 0;
        Collect(result, form == OutputForm.Single ? OutputSpec.DefaultName : "", values, names, ref visits);
        return new(form, names);
    }

    private static void Collect(object? value, string path, List<object> values, List<string> names, ref int visits)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++visits > Most)
        {
            throw TorchErrors.Limit($"it answers more than {Most} values");
        }

        switch (value)
        {
            case null:
                break;
            case PythonDict dict:
                foreach (var (key, item) in dict.Items)
                {
                    Collect(item, Join(path, Convert.ToString(key, System.Globalization.CultureInfo.InvariantCulture)!), values, names, ref visits);
                }

                break;
            case PythonTuple tuple:
                for (var i = 0; i < tuple.Items.Count; i++)
                {
                    Collect(tuple.Items[i], Join(path, tuple.Names?[i] ?? Number(path, i)), values, names, ref visits);
                }

                break;
            case PythonList list:
                for (var i = 0; i < list.Items.Count; i++)
                {
                    Collect(list.Items[i], Join(path, Number(path, i)), values, names, ref visits);
                }

                break;
            case Tensor or long or double or bool or Sym or string:
                names.Add(path);
                values.Add(value);
                break;
            default:
                throw TorchErrors.Unsupported("it answers what is neither a tensor nor a number nor a text");
        }
    }

    private static string Number(string path, int i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(path.Length == 0 ? "output_" : "")}{i}");

    private static string Join(string path, string part) => path.Length == 0 ? part : $"{path}.{part}";
}
