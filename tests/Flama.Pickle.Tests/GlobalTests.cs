using Flama.Sklearn;

namespace Flama.Pickle.Tests;

public sealed class GlobalTests
{
    [Theory]
    [InlineData("cnumpy\nlog1p\n.", "<numpy.log1p>")]
    [InlineData("\u008C\u0005numpy\u008C\u0007float64\u0093.", "<numpy.float64>")]
    [InlineData("c__builtin__\nobject\n)\u0081.", "<builtins.object () None None>")]
    [InlineData("cbuiltins\nset\n](K\u0001K\u0002e\u0085R.", "{1, 2}")]
    [InlineData("cbuiltins\nfrozenset\n)R.", "{}")]
    [InlineData("cbuiltins\nslice\nNK\u0001N\u0087R.", "<builtins.slice (None, 1, None) None None>")]
    [InlineData("c__builtin__\nslice\nK\u0001NN\u0087R.", "<builtins.slice (1, None, None) None None>")]
    [InlineData("c__builtin__\nxrange\nK\u0001K\u0005K\u0002\u0087R.", "<builtins.range (1, 5, 2) None None>")]
    [InlineData("c__builtin__\nlong\n.", "<builtins.int>")]
    [InlineData("cnumpy.core._multiarray_umath\nlog1p\n.", "<numpy.log1p>")]
    [InlineData("cbuiltins\nbytes\n)R.", "b''")]
    [InlineData("cbuiltins\nbytearray\nC\u0002ab\u0085R.", "b'6162'")]
    [InlineData("c__builtin__\nbytearray\nX\u0001\u0000\u0000\u0000aX\u0007\u0000\u0000\u0000latin-1\u0086R.", "b'61'")]
    [InlineData("c_codecs\nencode\nX\u0002\u0000\u0000\u0000\u00C3\u00BFX\u0006\u0000\u0000\u0000latin1\u0086R.", "b'FF'")]
    [InlineData("ccollections\nOrderedDict\n)R(K\u0001K\u0002u.", "{1: 2}")]
    [InlineData("ccollections\nOrderedDict\n](](K\u0001K\u0002ee\u0085R.", "{1: 2}")]
    [InlineData("ccollections\nOrderedDict\n)\u0081K\u0001K\u0002s.", "{1: 2}")]
    [InlineData("ccollections\ndefaultdict\ncbuiltins\nlist\n\u0085RK\u0001K\u0002s.", "{1: 2}")]
    [InlineData("ccollections\nCounter\n}K\u0001K\u0002s\u0085R.", "{1: 2}")]
    [InlineData("ccollections\ndeque\n]K\u0003\u0086RK\u0001a.", "[1]")]
    [InlineData("cbuiltins\ncomplex\nG?\u00F0\u0000\u0000\u0000\u0000\u0000\u0000G\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0086R.", "<1; 0>")]
    [InlineData("cfunctools\npartial\ncnumpy\nlog\n\u0085R(cnumpy\nlog\n)}Ntb.", "<functools.partial (<numpy.log>) (<numpy.log>, (), {}, None) None>")]
    [InlineData("ccopy_reg\n_reconstructor\n(csklearn.a\nB\nc__builtin__\nobject\nNtR}K\u0001K\u0002sb.", "<sklearn.a.B () {1: 2} None>")]
    [InlineData("ccopyreg\n_reconstructor\n(csklearn.utils\nBunch\ncbuiltins\ndict\n}K\u0001K\u0002stR.", "<sklearn.utils.Bunch () None {1: 2}>")]
    [InlineData("ccopyreg\n__newobj__\n(csklearn.a\nB\nK\u0001tR.", "<sklearn.a.B (1) None None>")]
    [InlineData("csklearn.utils._bunch\nBunch\n)\u0081(K\u0001K\u0002u}b.", "<sklearn.utils._bunch.Bunch () {} {1: 2}>")]
    [InlineData("csklearn.a\nB\nK\u0001\u0085\u0081.", "<sklearn.a.B (1) None None>")]
    [InlineData("csklearn.a\nB\n)}\u0092.", "<sklearn.a.B () None None>")]
    [InlineData("(isklearn.a\nB\n.", "<sklearn.a.B () None None>")]
    [InlineData("(csklearn.a\nB\no.", "<sklearn.a.B () None None>")]
    [InlineData("csklearn.calibration\n_CalibratedClassifier\n)\u0081.", "<sklearn.calibration._CalibratedClassifier () None None>")]
    [InlineData("csklearn.neighbors._kd_tree\nnewObj\ncsklearn.neighbors._kd_tree\nKDTree\n\u0085R.", "<sklearn.neighbors._kd_tree.KDTree (<sklearn.neighbors._kd_tree.KDTree>) None None>")]
    [InlineData("csklearn.linear_model._sgd_fast\nHinge\nG?\u00F0\u0000\u0000\u0000\u0000\u0000\u0000\u0085R.", "<sklearn.linear_model._sgd_fast.Hinge (1.0) None None>")]
    [InlineData("csklearn.metrics._scorer\n_passthrough_scorer\n.", "<sklearn.metrics._scorer._passthrough_scorer>")]
    [InlineData("cpandas.core.frame\nDataFrame\n)\u0081}b.", "<pandas.core.frame.DataFrame () {} None>")]
    [InlineData("cdatetime\ndate\nC\u0004\u0007\u00E4\u0001\u0001\u0085R.", "<datetime.date (b'07E40101') None None>")]
    public void Read_ListedGlobal_GivesData(string pickle, string expected)
    {
        var value = PickleBytes.Read(pickle, globals: SklearnGlobals.Table);

        Assert.Equal(expected, PickleValue.Show(value));
    }

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("__builtin__", "exec")]
    [InlineData("builtins", "Set")]
    [InlineData("Builtins", "set")]
    [InlineData("numpy", "Log1p")]
    [InlineData("numpy", "fromfile")]
    [InlineData("numpy", "load")]
    [InlineData("numpy ", "log1p")]
    [InlineData("numpy.f2py", "Anything")]
    [InlineData("sklearn", "os.system")]
    [InlineData("sklearn.utils", "os")]
    [InlineData("sklearn.utils", "Bunch.x")]
    [InlineData("sklearn.utils", "Bunch ")]
    [InlineData("sklearn.utils", "")]
    [InlineData("sklearn.utils", "_")]
    [InlineData("sklearn.utils", "1A")]
    [InlineData("sklearn..utils", "Bunch")]
    [InlineData("sklearn.utils.", "Bunch")]
    [InlineData("sklearn/utils", "Bunch")]
    [InlineData("sklearnx", "Bunch")]
    [InlineData("skl\u0435arn.svm", "SVC")]
    [InlineData("sklearn.svm", "SV\u0421")]
    [InlineData("sklearn.externals.joblib.parallel", "Parallel")]
    [InlineData("sklearn.externals", "Anything")]
    [InlineData("joblib.numpy_pickle", "NDArrayWrapper")]
    [InlineData("joblib.memory", "Memory")]
    [InlineData("pandas.io.pickle", "read_pickle")]
    [InlineData("scipy.io", "Loadmat")]
    [InlineData("__main__", "Model")]
    [InlineData("types", "MethodType")]
    [InlineData("operator", "attrgetter")]
    public void Read_GlobalOffTheList_IsRefusedByName(string module, string name)
    {
        var pickle = new PickleBytes().Protocol(4).Text(module).Text(name).Op("\u0093.").ToArray();

        var exception = Assert.Throws<PickleException>(() => PickleReader.Read(pickle, null, SklearnGlobals.Table));

        Assert.Equal(PickleErrorCode.DisallowedGlobal, exception.Code);
        Assert.Equal(new GlobalName(module, name), exception.Global);
        Assert.Contains(module, exception.Message, StringComparison.Ordinal);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Equal(pickle.Length - 2, exception.Offset);
        Assert.Contains("ONNX", exception.Remedy, StringComparison.Ordinal);
    }

    // A method of statsmodels' own models is named so, and stays a name; of nothing else is it taken.
    [Fact]
    public void Read_GetattrOfAnythingElse_IsRefused()
    {
        var pickle = new PickleBytes().Protocol(4).Text("builtins").Text("getattr").Op("\u0093").Text("os").Text("system").Op("\u0086R.").ToArray();

        var exception = Assert.Throws<PickleException>(() => PickleReader.Read(pickle, null, SklearnGlobals.Table));

        Assert.Equal(PickleErrorCode.DisallowedGlobal, exception.Code);
        Assert.Equal(new GlobalName("builtins", "getattr"), exception.Global);
    }

    [Fact]
    public void Read_GlobalOffTheList_SaysWhatToDo()
    {
        var exception = Assert.Throws<PickleException>(() => PickleBytes.Read("\u0080\u0002cos\nsystem\n."));

        Assert.Equal(
            "The pickle refers to os.system at byte 2 (module 'os', name 'system'), which is not among the classes and functions that may be read as data.",
            exception.Message);
        Assert.Equal("Drop the step that holds it and save the model again, or export the model to ONNX.", exception.Remedy);
    }

    [Fact]
    public void Read_ClassOfTheScript_SaysThatItIsCustomCode()
    {
        var exception = Assert.Throws<PickleException>(() => PickleBytes.Read("\u0080\u0002c__main__\nMyModel\n."));

        Assert.Equal(
            "The pickle refers to __main__.MyModel at byte 2: custom code, defined in the script that wrote the file. Python code is never run here.",
            exception.Message);
    }

    [Fact]
    public void Read_NameWithControlCharactersAndExcess_IsShownCut()
    {
        var pickle = new PickleBytes().Text("os\u001b[31m").Text(new string('x', 5000)).Op("\u0093.").ToArray();

        var exception = Assert.Throws<PickleException>(() => PickleReader.Read(pickle));

        Assert.InRange(exception.Message.Length, 0, 700);
        Assert.DoesNotContain('\u001b', exception.Message);
    }

    [Theory]
    [InlineData("csklearn.svm\nSVC\nK\u0001\u0085R.")]
    [InlineData("csklearn.svm\nSVC\n)R.")]
    [InlineData("(K\u0001isklearn.svm\nSVC\n.")]
    [InlineData("cnumpy\nlog\nK\u0001\u0085R.")]
    [InlineData("cnumpy\nlog\n)\u0081.")]
    [InlineData("csklearn.a\nB\n)}K\u0001K\u0002s\u0092.")]
    [InlineData("c_codecs\nencode\nX\u0001\u0000\u0000\u0000aX\u0004\u0000\u0000\u0000zlib\u0086R.")]
    [InlineData("c_codecs\nencode\nC\u0001aX\u0006\u0000\u0000\u0000latin1\u0086R.")]
    [InlineData("c_codecs\nencode\n)R.")]
    [InlineData("cbuiltins\nbytes\nK\u0001\u0085R.")]
    [InlineData("cbuiltins\nset\nK\u0001\u0085R.")]
    [InlineData("cbuiltins\nslice\n)R.")]
    [InlineData("cfunctools\npartial\n)R.")]
    [InlineData("cfunctools\npartial\nK\u0001\u0085R.")]
    [InlineData("ccopyreg\n_reconstructor\n(cnumpy\nlog\ncbuiltins\nobject\nNtR.")]
    [InlineData("ccopyreg\n_reconstructor\n(csklearn.a\nB\ncsklearn.a\nC\nNtR.")]
    [InlineData("ccollections\ndefaultdict\nK\u0001\u0085R.")]
    [InlineData("ccollections\nOrderedDict\n](K\u0001e\u0085R.")]
    [InlineData("ccollections\nOrderedDict\n](]](e\u0086e\u0085R.")]
    [InlineData("cnumpy\ndtype\nK\u0001\u0085R.")]
    [InlineData("cnumpy\ndtype\nX\u0002\u0000\u0000\u0000f8K\u0007\u0086R.")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nfloat64\nK\u0000\u0085C\u0001btR.")]
    [InlineData("cnumpy.core.multiarray\nscalar\n(K\u0001C\u0001btR.")]
    [InlineData("csklearn.neighbors._kd_tree\nnewObj\ncnumpy\nlog\n\u0085R.")]
    [InlineData("csklearn.linear_model._sgd_fast\nHinge\n]\u0085R.")]
    [InlineData("csklearn.tree._tree\nTree\n(K\u0001K\u0002K\u0003tR.")]
    public void Read_CallThatNoHonestWriterMakes_IsRefused(string pickle)
    {
        var exception = Assert.Throws<PickleException>(() => PickleBytes.Read(pickle, globals: SklearnGlobals.Table));

        Assert.Equal(PickleErrorCode.DisallowedCall, exception.Code);
        Assert.NotNull(exception.Global);
        Assert.NotNull(exception.Offset);
    }

    [Fact]
    public void Read_StateSetTwice_ThrowsCorrupt()
    {
        var exception = Assert.Throws<PickleException>(() => PickleBytes.Read("csklearn.a\nB\n)\u0081}b}b.", globals: SklearnGlobals.Table));

        Assert.Equal(PickleErrorCode.Corrupt, exception.Code);
    }

    [Fact]
    public void Build_TableOfOnesOwn_HoldsWhatWasAdded()
    {
        var table = new GlobalTableBuilder()
            .AddPackage("mine", callable: true)
            .ExcludePackage("mine.not")
            .AddClasses("mine.not", "but_this")
            .AddFunctions("other", "function")
            .AddConstructor("other", "two", call =>
            {
                call.RequireCount(1, 1);
                return call.Argument<long>(0) * 2;
            })
            .Build();

        Assert.Equal("<mine.a.B (1) None None>", PickleValue.Show(PickleBytes.Read("cmine.a\nB\nK\u0001\u0085R.", globals: table)));
        Assert.Equal("<mine.not.but_this () None None>", PickleValue.Show(PickleBytes.Read("cmine.not\nbut_this\n)\u0081.", globals: table)));
        Assert.Equal("<other.function>", PickleValue.Show(PickleBytes.Read("cother\nfunction\n.", globals: table)));
        Assert.Equal("42", PickleValue.Show(PickleBytes.Read("cother\ntwo\nK\u0015\u0085R.", globals: table)));
        Assert.Throws<PickleException>(() => PickleBytes.Read("cmine.not\nC\n.", globals: table));
        Assert.Throws<PickleException>(() => PickleBytes.Read("cother\ntwo\nN\u0085R.", globals: table));
        Assert.Throws<PickleException>(() => PickleBytes.Read("cnumpy\nlog\n.", globals: table));
    }
}
