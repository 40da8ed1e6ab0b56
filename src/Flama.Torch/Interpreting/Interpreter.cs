using System.Runtime.CompilerServices;
using Flama.Torch.Code;
using Flama.Torch.Lowering;
using Flama.Torch.Operators;

namespace Flama.Torch.Interpreting;

/// <summary>
/// Runs serialized code with tensors that are values of a graph: what it decides by constants and lengths is decided now, what it computes with tensors
/// becomes nodes. One program once; not thread-safe.
/// </summary>
internal sealed partial class Interpreter
{
    private const int MaxSteps = 3_000_000;
    private const int MaxCalls = 150;

    // What moves or compares that many items takes a step.
    private const int ItemsPerStep = 1_000;

    private readonly CodeLibrary library;
    private readonly IReadOnlyList<Tensor> constants;
    private readonly CancellationToken cancellationToken;
    private string file = "";
    private int line;
    private int calls;
    private int steps;

    public Interpreter(GraphWriter graph, CodeLibrary library, IReadOnlyList<Tensor> constants, CancellationToken cancellationToken)
    {
        Graph = graph;
        this.library = library;
        this.constants = constants;
        this.cancellationToken = cancellationToken;
        Caller = new OperatorCaller(graph, () => Place);
    }

    public GraphWriter Graph { get; }

    public OperatorCaller Caller { get; }

    private string Place => $"at {SafeText.OneLine(file, 120)}, line {line}";

    /// <summary>Runs a method of an object.</summary>
    /// <exception cref="FlamaException">It cannot be lowered; the message tells the operator and the line.</exception>
    public object? Run(PythonObject self, string method, object?[] arguments) => CallMethod(self, method, arguments, []);

    private object? CallMethod(PythonObject self, string method, object?[] arguments, IReadOnlyList<KeyValuePair<string, object?>> keywords)
    {
        if (self.Definition is null || !self.Definition.Methods.TryGetValue(method, out var function))
        {
            throw TorchErrors.Unsupported($"{SafeText.OneLine(self.ClassName, 100)} has no code for '{SafeText.OneLine(method, 60)}', which is called {Place}");
        }

        return CallFunction(function, [self, .. arguments], keywords);
    }

    private object? CallFunction(Function function, object?[] arguments, IReadOnlyList<KeyValuePair<string, object?>> keywords)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++calls > MaxCalls)
        {
            throw TorchErrors.Limit($"its code calls deeper than {MaxCalls} {Place}");
        }

        var (outerFile, outerLine) = (file, line);
        if (arguments.Length > function.Parameters.Count)
        {
            throw TorchErrors.Invalid($"'{SafeText.OneLine(function.Name, 60)}' is called with {arguments.Length} arguments {Place}");
        }

        Dictionary<string, object?> names = new(StringComparer.Ordinal);
        for (var i = 0; i < function.Parameters.Count; i++)
        {
            var parameter = function.Parameters[i];
            var keyword = keywords.FirstOrDefault(keyword => string.Equals(keyword.Key, parameter.Name, StringComparison.Ordinal));
            names[parameter.Name] = i < arguments.Length ? arguments[i]
                : keyword.Key is not null ? keyword.Value
                : parameter.Default is { } value ? Evaluate(value, names)
                : throw TorchErrors.Invalid($"'{SafeText.OneLine(function.Name, 60)}' is called without '{SafeText.OneLine(parameter.Name, 60)}' {Place}");
        }

        file = function.File;
        var result = Execute(function.Body, names, out var returned) ? returned : null;
        (file, line) = (outerFile, outerLine);
        calls--;
        return result;
    }

    // True where a return was reached.
    private bool Execute(IReadOnlyList<Statement> statements, Dictionary<string, object?> names, out object? result)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var statement in statements)
        {
            Step(statement.Line);
            switch (statement)
            {
                case Statement.Assign assign:
                    Assign(assign, names);
                    break;
                case Statement.Evaluate evaluate:
                    Evaluate(evaluate.Value, names);
                    break;
                case Statement.Return { Value: null }:
                    result = null;
                    return true;
                case Statement.Return value:
                    result = Evaluate(value.Value!, names);
                    return true;
                case Statement.If branch:
                    if (ExecuteIf(branch, names, out result))
                    {
                        return true;
                    }

                    break;
                case Statement.For loop:
                    ExecuteFor(loop, names);
                    break;
                case Statement.While loop:
                    ExecuteWhile(loop, names);
                    break;
            }
        }

        result = null;
        return false;
    }

    private void Step(int at)
    {
        line = at;
        Count(1);
    }

    private void Count(int taken)
    {
        steps += taken;
        if (steps > MaxSteps)
        {
            throw TorchErrors.Limit($"its code takes more than {MaxSteps} steps {Place}");
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Assign(Statement.Assign assign, Dictionary<string, object?> names)
    {
        var value = Evaluate(assign.Value, names);
        if (!assign.Unpacks)
        {
            AssignTo(assign.Targets[0], value, names);
            return;
        }

        var items = value switch
        {
            PythonTuple tuple => tuple.Items,
            PythonList list => list.Items,
            _ => throw TorchErrors.Invalid($"what is not a tuple is unpacked {Place}"),
        };
        if (items.Count != assign.Targets.Count)
        {
            throw TorchErrors.Invalid($"{items.Count} values are unpacked into {assign.Targets.Count} names {Place}");
        }

        for (var i = 0; i < items.Count; i++)
        {
            AssignTo(assign.Targets[i], items[i], names);
        }
    }

    private void AssignTo(Expression target, object? value, Dictionary<string, object?> names)
    {
        switch (target)
        {
            case Expression.Name name:
                names[name.Id] = value;
                break;
            case Expression.Member member when Evaluate(member.Target, names) is PythonObject instance:
                Caller.RequireOwn(instance.Scope);
                instance.Attributes[member.Id] = value;
                break;
            default:
                throw TorchErrors.Invalid($"an attribute of what is not an object is set {Place}");
        }
    }
}
