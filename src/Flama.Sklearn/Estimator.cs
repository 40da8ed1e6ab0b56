namespace Flama.Sklearn;

/// <summary>One fitted scikit-learn object: predictor, transformer or a composition of them.</summary>
/// <remarks>Immutable and thread-safe after construction, which checks everything that computing relies on.</remarks>
internal abstract class Estimator : IRowOwner
{
    // Eight megabytes.
    private const int DenseCells = 1 << 20;

    protected Estimator(EstimatorState state)
    {
        Name = state.ClassName;
        FeatureCount = state.FeatureCount();
        FeatureNames = state.FeatureNames(FeatureCount);
    }

    /// <summary>The Python class name, for messages.</summary>
    public string Name { get; }

    /// <summary>The number of columns it takes; null when it takes any number.</summary>
    public int? FeatureCount { get; protected init; }

    /// <summary>The names of the columns in training; null when it was trained without.</summary>
    public IReadOnlyList<string>? FeatureNames { get; protected init; }

    /// <summary>What it can do, in the order of the documentation; may be empty.</summary>
    public abstract IReadOnlyList<Method> Methods { get; }

    /// <summary>What cells it computes with.</summary>
    public virtual InputRule Input => InputRule.Numbers;

    /// <summary>What cells a method takes, where that differs from <see cref="Input"/>.</summary>
    public virtual InputRule InputOf(Method method) => Input;

    /// <summary>How many columns a method takes, where that differs from <see cref="FeatureCount"/>; null for any number.</summary>
    public virtual int? ColumnsOf(Method method) => FeatureCount;

    /// <summary>
    /// For each column that it gives, which of its own it is, its missing cells perhaps filled, or −1: what comes after then speaks of the same features. Null
    /// where none is.
    /// </summary>
    /// <param name="columns">How many columns come in.</param>
    public virtual IReadOnlyList<int>? OriginsOf(int columns) => null;

    /// <summary>Whether it computes with sparse rows as they are; others get them with their zeros.</summary>
    public virtual bool TakesSparse => false;

    /// <summary>Whether <see cref="TransformSparse"/> is there: results are mostly zeros.</summary>
    public virtual bool GivesSparse => false;

    /// <summary>Whether it gives sparse rows for sparse rows; it then has <see cref="TransformSparse"/> for those.</summary>
    public virtual bool KeepsSparse => false;

    /// <summary>Whether a method answers numbers that are float32 in Python: numpy then goes on in float32 where nothing else is float64.</summary>
    public virtual bool GivesFloat32(Method method) => false;

    /// <summary>Whether each row's answer depends on that row alone, so that a batch may be cut into blocks.</summary>
    public virtual bool IsRowwise => true;

    /// <summary>What one row of input looks like.</summary>
    public virtual RowForm RowForm => RowForm.Cells;

    /// <summary>Whether it picks columns by name and so takes rows with other columns besides.</summary>
    public virtual bool SelectsByName => false;

    /// <summary>Whether rows with names must have training's columns first and in its order, although it picks by name (0.23).</summary>
    public virtual bool NeedsColumnOrder => false;

    /// <summary>Whether missing values may come in, given whether what follows takes them.</summary>
    public virtual bool TakesMissing(bool downstream) => Input.TakesMissing;

    /// <summary>Says what each input column is used for.</summary>
    /// <param name="columns">One builder a column, <see cref="FeatureCount"/> of them.</param>
    /// <param name="downstream">Whether what follows takes missing values.</param>
    public virtual void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var column in columns)
        {
            column.UseAsNumber(Input.ParsesText, TakesMissing(downstream), Input.TakesInfinity);
        }
    }

    /// <summary>What a method answers for rows like these.</summary>
    public abstract OutputShape Shape(Method method, FeatureBatch? input);

    /// <summary>Checks the rows and computes.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="input">The rows.</param>
    /// <param name="output">As many rows, as many columns as <see cref="Shape"/> says.</param>
    public void Run(Method method, FeatureBatch input, OutputSlice output)
    {
        if (input.Sparse is not null && (!TakesSparse || method == Method.InverseTransform))
        {
            RunDense(method, input, output);
            return;
        }

        using var numbers = InputCheck.Check(this, ColumnsOf(method), InputOf(method), input);
        Compute(method, numbers ?? input, output);
    }

    /// <summary>Checks the rows and transforms them to sparse rows, where <see cref="GivesSparse"/>.</summary>
    /// <returns>A new batch; the caller disposes it.</returns>
    public FeatureBatch TransformSparse(FeatureBatch input)
    {
        using var dense = input.Sparse is null || TakesSparse ? null : input.ToDense();
        using var numbers = InputCheck.Check(this, ColumnsOf(Method.Transform), InputOf(Method.Transform), dense ?? input);
        return ComputeSparse(numbers ?? dense ?? input);
    }

    /// <summary>Whether <see cref="TransformSparse"/> is the way to transform these rows.</summary>
    public bool GivesSparseFor(FeatureBatch input) => GivesSparse || (KeepsSparse && input.Sparse is not null);

    /// <summary>Whether it can do this.</summary>
    public bool Has(Method method) => Methods.Contains(method);

    /// <summary>Computes for checked rows.</summary>
    protected abstract void Compute(Method method, FeatureBatch input, OutputSlice output);

    /// <summary>Transforms checked rows to sparse rows.</summary>
    protected virtual FeatureBatch ComputeSparse(FeatureBatch input) => throw NoSuchMethod(Method.Transform);

    /// <summary>The error of a method that is not there; callers ask <see cref="Has"/> first.</summary>
    protected FlamaException NoSuchMethod(Method method) =>
        new(ErrorCodes.MethodNotAvailable, $"{Name} has no method '{MethodNames.NameOf(method)}'.");

    // Sparse rows may be very wide (a hashing vectorizer has a million columns), so that few are made dense at a time.
    private void RunDense(Method method, FeatureBatch input, OutputSlice output)
    {
        var block = IsRowwise ? Math.Max(1, DenseCells / Math.Max(1, input.Columns)) : Math.Max(1, input.Rows);
        if ((long)Math.Min(block, input.Rows) * input.Columns > Array.MaxLength)
        {
            throw new FlamaException(
                ErrorCodes.InputTooLarge, $"{Name} needs {input.Rows} rows of {input.Columns} columns at once.", "Send fewer rows at a time.");
        }

        var cells = BufferPool<double>.Rent(Math.Min(block, input.Rows) * input.Columns);
        try
        {
            for (var first = 0; first < input.Rows; first += block)
            {
                var count = Math.Min(block, input.Rows - first);
                using var dense = input.Slice(first, count).ToDense(cells);
                using var numbers = InputCheck.Check(this, ColumnsOf(method), InputOf(method), dense);
                Compute(method, numbers ?? dense, output.SliceRows(first, count));
            }
        }
        finally
        {
            BufferPool<double>.Return(cells);
        }
    }
}
