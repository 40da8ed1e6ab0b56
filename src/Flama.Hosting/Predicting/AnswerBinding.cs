using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Flama.Hosting.Predicting;

/// <summary>How what a model answers becomes a value of a program: found once, compiled, then used for every row. Thread-safe.</summary>
internal sealed class AnswerBinding<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] TAnswer>
{
    private static readonly ConditionalWeakTable<Model, AnswerBinding<TAnswer>> Bindings = [];

    private readonly Model model;
    private readonly string[] labels;
    private readonly Func<AnswerRow, TAnswer> make;

    private AnswerBinding(Model model)
    {
        this.model = model;
        labels = model.Classes is [var classes] ? [.. classes.Labels.Select(AnswerValues.TextOf)] : [];
        make = Compile();
    }

    /// <summary>Whether an answer holds probabilities.</summary>
    public bool NeedsProbabilities { get; private set; }

    /// <summary>The binding of a model, checked when it is made.</summary>
    /// <exception cref="FlamaException">The type does not fit the model.</exception>
    public static AnswerBinding<TAnswer> For(Model model) => Bindings.GetValue(model, static made => new(made));

    /// <summary>Makes an answer per row.</summary>
    public TAnswer[] Make(ModelOutput output, ModelOutput? probabilities)
    {
        if (output is not { Count: 1, First: PredictionBatch { Width: 1 } batch })
        {
            throw new FlamaException(ErrorCodes.InvalidInput, "The model does not answer one value per row.", "Run the method and read its arrays.");
        }

        AnswerRow row = new(batch, probabilities?.Batch, labels);
        var answers = new TAnswer[batch.Rows];
        for (var i = 0; i < answers.Length; i++)
        {
            row.Row = i;
            answers[i] = make(row);
        }

        return answers;
    }

    private Func<AnswerRow, TAnswer> Compile()
    {
        var row = Expression.Parameter(typeof(AnswerRow), "row");
        var body = IsScalar(typeof(TAnswer)) ? Prediction(row, typeof(TAnswer)) : Construct(row);
        return Expression.Lambda<Func<AnswerRow, TAnswer>>(body, row).Compile();
    }

    private MemberInitExpression Construct(ParameterExpression row)
    {
        var constructor = typeof(TAnswer).GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).FirstOrDefault()
            ?? throw Unfit($"{typeof(TAnswer).Name} has no public constructor");
        List<string> bound = [];
        List<Expression> arguments = [];
        foreach (var parameter in constructor.GetParameters())
        {
            bound.Add(parameter.Name!);
            arguments.Add(ValueOf(row, parameter.Name!, parameter.ParameterType, LabelOf(parameter))
                ?? throw Unfit($"the parameter '{parameter.Name}' of {typeof(TAnswer).Name} is nothing that the model answers"));
        }

        List<MemberBinding> members = [];
        foreach (var property in typeof(TAnswer).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is not { IsPublic: true } || bound.Contains(property.Name, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            if (ValueOf(row, property.Name, property.PropertyType, property.GetCustomAttribute<ProbabilityAttribute>()?.Label) is { } value)
            {
                members.Add(Expression.Bind(property, value));
            }
        }

        if (members.Count + arguments.Count == 0)
        {
            throw Unfit($"{typeof(TAnswer).Name} has neither Label, Prediction, Output, Probability, Probabilities nor a member with [Probability(\"…\")]");
        }

        return Expression.MemberInit(Expression.New(constructor, arguments), members);
    }

    // A record's parameter and property are one: the attribute may stand on either.
    private static string? LabelOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<ProbabilityAttribute>()?.Label
        ?? typeof(TAnswer).GetProperties().FirstOrDefault(property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))
            ?.GetCustomAttribute<ProbabilityAttribute>()?.Label;

    private Expression? ValueOf(ParameterExpression row, string name, Type type, string? label)
    {
        if (label is not null)
        {
            var index = Array.IndexOf(Need(), label);
            return index >= 0
                ? Expression.Convert(Expression.Call(row, ProbabilityAt, Expression.Constant(index)), type)
                : throw Unfit($"there is no class '{label}' among {string.Join(", ", labels)}");
        }

        switch (name.ToUpperInvariant())
        {
            case "LABEL" or "PREDICTION" or "OUTPUT":
                return Prediction(row, type);
            case "PROBABILITY":
                Need();
                return Expression.Convert(Expression.Call(row, OfPrediction), type);
            case "PROBABILITIES":
                Need();
                return Expression.Convert(Expression.Call(row, All), type);
            default:
                return null;
        }
    }

    private string[] Need()
    {
        NeedsProbabilities = true;
        return labels.Length > 0 && model.FindMethod(ModelMethod.PredictProba) is not null
            ? labels
            : throw Unfit($"{model.Metadata.ModelClass} has no probabilities");
    }

    private static bool IsScalar(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { } bare && (bare == typeof(string) || bare.IsEnum || Type.GetTypeCode(bare) is >= TypeCode.Boolean and <= TypeCode.Decimal);

    private static Expression Prediction(ParameterExpression row, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(string))
        {
            return Expression.Call(row, Text);
        }

        if (bare.IsEnum)
        {
            return Expression.Convert(Expression.Call(row, EnumValue, Expression.Constant(bare)), type);
        }

        return bare == typeof(bool)
            ? Expression.Convert(Expression.Call(row, Flag), type)
            : IsScalar(bare)
                ? Expression.Convert(Expression.Call(row, Number), type)
                : throw Unfit($"a prediction cannot be a {type.Name}");
    }

    private static FlamaException Unfit(string what) => new(
        ErrorCodes.InvalidOption,
        string.Create(CultureInfo.InvariantCulture, $"{typeof(TAnswer).Name} does not fit the model: {what}."),
        "An answer is a string, number, boolean or enum, or has members Label, Probability, Probabilities or [Probability(\"label\")].");

    private static readonly AnswerRow Any = new(null!, null, []);
    private static readonly MethodInfo Text = ((Func<string>)Any.Text).Method;
    private static readonly MethodInfo Number = ((Func<double>)Any.Number).Method;
    private static readonly MethodInfo Flag = ((Func<bool>)Any.Flag).Method;
    private static readonly MethodInfo EnumValue = ((Func<Type, object>)Any.EnumValue).Method;
    private static readonly MethodInfo ProbabilityAt = ((Func<int, double>)Any.ProbabilityAt).Method;
    private static readonly MethodInfo OfPrediction = ((Func<double>)Any.ProbabilityOfPrediction).Method;
    private static readonly MethodInfo All = ((Func<OrderedDictionary<string, double>>)Any.AllProbabilities).Method;
}
