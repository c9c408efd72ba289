use super::listing::listing;

macro_rules! sources {
    ($($name:ident: $path:literal => $source:literal;)*) => {$(
        #[test]
        fn $name() {
            insta::with_settings!({snapshot_path => "../../snapshots/code", prepend_module_to_snapshot => false, omit_expression => true}, {
                insta::assert_snapshot!(stringify!($name), listing($path, $source));
            });
        }
    )*};
}

sources! {
    python: "tests/test_login.py" => r###"
"""Login tests.

Verifies: REQ-AUTH-001 .. REQ-AUTH-009 at large
"""
import pytest

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def account():
    return {"id": "REQ-AUTH-099"}


@pytest.mark.slow
@pytest.mark.requirement("REQ-AUTH-001")
def test_accepts(account):
    """Lets the right password in.

    Verifies: REQ-AUTH-001, REQ-AUTH-002 (happy path)
    """
    assert account  # [REQ-AUTH-003]
    text = """
not code: def test_fake(): pass
"""
    assert check(text, "REQ-AUTH-098")


# Tests: REQ-AUTH-004,
#        REQ-AUTH-005
@pytest.mark.parametrize("word", ["a", "b"])
@pytest.mark.skipif(True, reason="x")
async def test_rejects(word):
    def inner():
        pass
    # TODO: test REQ-AUTH-097
    # does not verify: REQ-AUTH-096
    assert word


@add_test_properties(
    partially_verifies=["comp_req__kv__key"],
    fully_verifies=["comp_req__kv__value", "comp_req__kv__name"],
    test_type="requirements-based",
)
class TestStore:
    """Covers: STORE-1"""

    def setup_method(self):
        pass

    @pytest.mark.xfail
    def test_read(self):
        '''Requirements:
            - STORE-2: reads
            - STORE-3

        Nothing else.
        '''

    class TestNested:
        def test_req_sec_001_deep(self, record_property):
            record_property("requirement", "STORE-4")
            pytest.skip("later")

    def helper(self):
        pass


@unittest.skip("broken")
class LoginCase(unittest.TestCase):
    def test_one(self): pass
    def test_two(self):
        if windows:
            self.skipTest("no")
    # tail of two, see STORE-5


class Config:
    def test_not(self):
        pass
"###;
    rust: "src/store.rs" => r###"
//! Key store.
// [impl->swdd~store-keys~1]
pub fn store<'a>(key: &'a str) -> char { '"' }

/// Implements: KV-1
fn private() {}

#[cfg(test)]
mod tests {
    use super::*;

    fn helper() -> &'static str { r#"fn fake() { "KV-99 "#  }

    // [utest->swdd~store-keys~1]
    #[test]
    fn keeps_keys() {
        assert_eq!(store("KV-98"), '{');
    }

    /// Verifies: KV-2
    #[tokio::test]
    #[ignore = "slow"]
    async fn waits() {}

    // r[verify store.open]
    #[rstest]
    #[case(1)]
    #[case::named(2)]
    fn many(#[case] n: u32) {}

    #[test_case("a" ; "first")]
    #[verifies("KV-3")]
    #[cfg(unix)]
    fn table(s: &str) { /* nested /* comment */ KV-4 */ }

    proptest! {
        #[test]
        fn any_key(key in ".*") { prop_assert!(works()) }
    }
}
"###;
    javascript: "web/cart.spec.ts" => r###"
// Requirement: CART-001
import { add } from './cart';

describe('cart', () => {
  // @verifies CART-002
  beforeEach(() => reset());
  function helper() { return "it('fake', () => {})"; }

  it('[CART-003] adds one', async () => {
    expect(/[/"']+\/x/.test("it")).toBe(true);
  });
  it.skip(`removes ${what} CART-004`, () => {});
  it.each([[1, 2], [3, 4]])('adds %i', (n) => {});
  it.each`
    a | b
    ${1} | ${2}
  `('tagged $a', () => {});
  test.todo("CART-005: empties");
  xit('doesn\'t break', () => {});
  describe.skip("nested", function () {
    test("is off", () => {});
    regex.test("CART-006");
  });
  it('one line', () => run()); // CART-007
});

/** @tests CART-008, CART-009 */
Deno.test("standalone", () => {});
test(title, () => {});
"###;
    java: "src/test/java/LoginTest.java" => r###"
package x;
/** Checks login. @verifies LOG-1 */
@Tag("integration")
class LoginTest extends Base {
    private final Clock clock = new Clock() { @Override public int now() { return 1; } };
    @BeforeEach void open() { }

    @Test
    @DisplayName("LOG-2: lets in")
    @Tag("LOG-3")
    public void letsIn() throws IOException {
        if (a) { b(); }
        String s = """
            @Test void fake() {}
            """;
    }

    @Requirement({"LOG-4", "LOG-5"})
    @ParameterizedTest
    @ValueSource(strings = {"LOG-99"})
    void many(String s) {}

    @Disabled("LOG-6 is open") @Test void off() {}

    @Nested class Inner {
        @Specification(number = "4.1.3", text = "must")
        @Test(groups = {"fast"}, enabled = false) void deep() { char c = '{'; }
    }
    private static <T> List<T> helper(T t) { return null; }
}
"###;
    kotlin: "app/src/test/LoginTest.kt" => r###"
class LoginTest {
    @Mock lateinit var clock: Clock

    @Test
    fun `LOG-1 lets the right one in`() = runTest {
        assertEquals("${'$'}", "x")
    }

    @Ignore
    @Test fun off() {}

    fun String.helper(block: () -> Unit = {}) { }
}
"###;
    kotest: "app/src/test/TurnstileSpec.kt" => r###"
class TurnstileSpec : DescribeSpec({
    fun coin() = mockk<Coin>()

    describe("Turnstile") {
        it("TURN-1 lets one through") {
            listOf(1).forEach { it(2) }
            gate.count() shouldBe 1
        }
        xit("counts backwards") { gate.count() shouldBe -1 }
        context("out of order") {
            // Verifies: TURN-2
            it("stays shut") {
                shouldThrow<Jammed> { gate.turn() }
            }
        }
    }
})
"###;
    gherkin_pt: "features/catraca.feature" => r###"
# language: pt
@REQ-CAT-1
Funcionalidade: Catraca
  Contexto:
    Dado que a catraca está ligada

  # Verifica: REQ-CAT-2
  @REQ-CAT-3
  Cenário: deixa passar uma pessoa
    Quando alguém paga
    Então a catraca gira

  Esquema do Cenário: recusa <moeda>
    Quando alguém paga com <moeda>
    Exemplos:
      | moeda |
      | botão |
"###;
    gherkin_ja: "features/kaisatsu.feature" => r###"
# language: ja
機能: 改札
  シナリオ: 一人を通す
    もし切符を入れる
    ならば改札が開く
"###;
    callbacks: "test/test_radio.c" => r###"
static void test_radio_send_stub(const frame_t *frame) { last = *frame; }

void test_radio_sends(void) {
    radio.send = test_radio_send_stub;
    TEST_ASSERT_EQUAL(1, radio_send(1));
}
"###;
    callbacks_of_tests: "test/test_kernel.c" => r###"
static void test_allocates(struct kunit *test) { KUNIT_EXPECT_EQ(test, 1, 1); }
static void test_frees(struct kunit *test) { KUNIT_EXPECT_EQ(test, 0, 0); }
"###;
    cpp: "test/queue_test.cpp" => r###"
// Copyright. Covers QUE-001
#include <gtest/gtest.h>
#define BRACE {
namespace {

/// @covers QUE-002
class QueueTest : public ::testing::Test {
 protected:
  void SetUp() override { q = make(); }
};

// Verifies: QUE-003 to QUE-005
TEST_F(QueueTest, KeepsOrder) {
  const char* raw = R"x(TEST(A, B) {)x";
  int big = 1'000'000;
  EXPECT_EQ(1, big);  // QUE-006
}

TEST(Queue, DISABLED_Slow) {}
TEST_P(QueueTest, Values) { GTEST_SKIP(); }

TEST_CASE("QUE-007: pops", "[queue][QUE-008]") {
  SECTION("empty") { REQUIREMENT("QUE-009"); }
}

BOOST_AUTO_TEST_SUITE(outer)
BOOST_AUTO_TEST_CASE(inner) { }
BOOST_AUTO_TEST_SUITE_END()
static int helper(int a) { return a; }
}
"###;
    c: "tests/test_ring.c" => r###"
/**
 * @file test_ring.c
 * @traceability RING-001: wraps around
 */
static int helper(int a) { return a; }

/* @relation(RING-002, scope=function) */
static void test_wraps(void **state) {
    (void)state;
}

void checks_full(void)
{
    TEST_IGNORE();
}

int main(void) {
    RUN_TEST(checks_full);
    return cmocka_run(cmocka_unit_test(test_wraps));
}
"###;
    go: "store/store_test.go" => r###"
package store

// TestOpen verifies: OPEN-1, OPEN-2
func TestOpen(t *testing.T) {
	t.Run("with a name", func(t *testing.T) {
		// [OPEN-3]
		t.Skip("later")
	})
	for _, tt := range []struct{ name string }{{name: "a"}} {
		t.Run(tt.name, func(t *testing.T) {})
	}
}

func (s *Suite) TestMethod() {
	if testing.Short() {
		s.T().Skip()
	}
}

func TestMain(m *testing.M) {}
func BenchmarkOpen(b *testing.B) {}
func FuzzOpen(f *testing.F) {}
func Testable() {}
"###;
    csharp: "src/Login.Tests/LoginTests.cs" => r###"
namespace X;
#if DEBUG
public class LoginTests
{
    [Fact, Trait("Requirement", "FR-1.1")]
    public async Task Lets_in() { var s = @"c:\"; }

    [Theory(Skip = "flaky")]
    [InlineData("FR-9.9")]
    [Trait("Category", "Slow")]
    public void Many(string s) => Assert.True(works());

    [Test]
    [Category("REQ-7")]
    [Ignore("later")]
    public void Off() { var t = $"{a["x"]}"; }

    /// <summary>FR-1.2 is met.</summary>
    [TestMethod]
    public void Summary()
    {
    }

    private void Helper() { }
}
"###;
    r: "tests/testthat/test-bind.R" => r###"
# Requirement: BBR-1
helper <- function(x) x
test_that("binds rows [BBR-ADD-001]", {
  expect_equal(r"(it's "quoted")", "x")
})
describe("models", {
  it("are 'copied' BBR-ADD-002", {
    skip("later")
  })
})
"###;
    swift: "Tests/LoginTests.swift" => r###"
final class LoginTests: XCTestCase {
    override func setUp() { }
    /// Verifies: LOG-1
    func testLetsIn() throws { let x = 1 }
    func tester() { }
}
"###;
    dart: "test/login_test.dart" => r###"
void main() {
  group('login', () {
    // Verifies: LOG-1
    test('lets in', () { expect(1, 1); });
    testWidgets("LOG-2 draws", (tester) async {});
  });
}
"###;
    php: "tests/LoginTest.php" => r###"
<?php
class LoginTest extends TestCase {
    # Verifies: LOG-1
    public function testLetsIn(): void { $a = 'x'; }
    #[Test]
    public function lets_out() {}
    private function helper() {}
}
"###;
    ruby: "spec/login_spec.rb" => r###"
describe "login" do
  context "when known" do
    # Verifies: LOG-1
    it "lets in" do
      expect(1).to eq(1)
    end
    xit "LOG-2 lets out" do
    end
  end
  it { is_expected.to be }
end
"###;
    bats: "test/run.bats" => r###"
# Verifies: RUN-1
@test "prints help" {
  run ./tool --help # RUN-2
  [ "$status" -eq 0 ]
}
@test "later" {
  skip "not yet"
}
"###;
    gherkin: "features/login.feature" => r###"
# Requirement: LOG-1
@web
Feature: Login
  In short LOG-9.

  @REQ-001 @slow
  Scenario: lets in
    Given a user
    """
    Scenario: fake
    """

  Rule: strict
    Scenario Outline: LOG-2 many
      Given <x>
      Examples:
        | x |
        | 1 |
"###;
    robot: "tests/login.robot" => r###"
*** Settings ***
Documentation    Verifies: LOG-1
Test Tags        web    REQ-001

*** Test Cases ***
Lets In
    [Documentation]    Verifies: LOG-2
    [Tags]    slow    LOG-3
    Log    hello

Is Skipped
    Skip    later

*** Keywords ***
Do It
    Log    x
"###;
    r_built_titles: "tests/testthat/test-shelf.R" => r###"
for (case in cases) {
  test_that(glue::glue("shelves are read from {case$name} [SHELF-IO-001]"), {
    expect_true(TRUE)
  })
}
test_that(paste("books() keeps order:",
                "newest first [SHELF-ORD-002]", sep = " "), {
  expect_equal(sort(x), x)
})
test_that(paste0("a lent ", "book [SHELF-ORD-003, ", "SHELF-ORD-004]"), {
})
testthat::test_that(
  "over several lines [SHELF-IO-005]",
  {
    expect_true(TRUE)
  }
)
test_that(glue("spread over
                two lines [SHELF-IO-006]"), {
})
test_that(title, {
  # no words to read
})
"###;
    pest: "tests/Feature/BasketTest.php" => r###"
<?php

/**
 * Baskets of the shop.
 */

use Shop\Basket;

beforeEach(function () {
    $this->basket = new Basket();
});

// Covers BSK-F-001
test('adds an item', function () {
    $this->test('no test', fn () => 1);
    expect($this->basket->add(1))->toBe(1);
});

it('counts [BSK-F-002]', fn () => expect(1)->toBe(1));

describe('discounts', function () {
    test('of ten percent', function (int $price) {
        expect($price)->toBeInt();
    })->with([
        [10, fn () => run('a', function () { return 1; })],
        [20, null],
    ])->group('slow', 'BSK-F-003');

    it('is off', function () {})->skip();
    it('is off on some', function () {})->skip(fn () => PHP_OS === 'x');
    it('breaks', function () {})->fails();
});

it('is to be written')->todo();
test('a name ' . Basket::class . ' built', function () {});
arch('no dumps')->expect(['dd'])->not->toBeUsed();
todo('BSK-F-004 later');
$with->with('nothing')->skip();
test()->assertTrue(works());
"###;
    move_contract: "contracts/shelf/tests/shelf_tests.move" => r###"
#[test_only]
module shelf::shelf_tests {
    use shelf::shelf;

    /// TC-SH-001: a book is put on the shelf
    #[test]
    fun test_put() {
        assert!(shelf::count(b"fun fake() {") == 1, 0);
    }

    // TC-SH-002: nobody else takes it
    #[test]
    #[expected_failure(abort_code = 3)] // E_OWNER
    public fun test_take() {
        abort 3
    }

    #[test(owner = @0x1), expected_failure]
    fun test_lend(owner: &signer) {}

    #[test_only]
    fun helper(): u64 { 1 }
}
"###;
    record_property: "score/store/store_test.cpp" => r###"
TEST(Store, Reads) {
  RecordProperty("PartiallyVerifies", "comp_req__store__read, comp_req__store__key_naming");
  RecordProperty("TestType", "requirements-based");
  RecordProperty("Description", "comp_req__store__nothing is only named here");
  EXPECT_TRUE(works());
}

TEST_F(StoreTest, Writes) {
  ::testing::Test::RecordProperty(
      "FullyVerifies",
      "comp_req__store__write, "
      "comp_req__store__sync");
  RecordProperty("Requirement", "STORE-7");
  this->RecordProperty("Verifies", "flush");
}
"###;
    gherkin_description: "features/viewer.feature" => r###"
Feature: Viewer
    This feature shows pictures, not VIEW-90.
    Requirements covered:
    - [VIEW-01] The viewer SHALL answer requests (C-ECHO)
    - [VIEW-02] The viewer SHALL show pictures
      in all three colours, see VIEW-91

    - [VIEW-RS] A name without a number

    @slow
    Scenario: opens
        Given a picture

    Rule: strict
      Verifies:
        * VIEW-03 first
        * VIEW-04, VIEW-05: others
      # a remark
      - VIEW-92 is no longer part of it
"###;
    lists_below_labels: "tests/test_lists.py" => r###"
def test_one():
    """Opens.

    Requirements:
      - LST-1
      - LST-2: closes
        again, unlike LST-90
      - LST-3, LST-4 and LST-5 are all met in UTF-8

    LST-91 is something else.
    """


# Covers:
#   LST-6 opens
#   LST-7
#
#   LST-92 is something else.
def test_two():
    # Verifies:
    #   * comp_req__list__order
    #   * [LST-8] closes
    #   1 more, but not LST-93
    pass
"###;
    sentences: "tests/test_sentences.py" => r###"
def test_one():
    # Covers SNT-F-001
    # Verifies SNT-F-002: closes
    # Tests [SNT-F-003], not SNT-F-090
    # Covers what SNT-F-091 asks for
    # Verifies that re-entrant calls of SNT-F-092 work
    pass


def test_two():
    """Covers the requirements SNT-F-004, SNT-F-005 and SNT-F-006.

    This test validates requirement SNT-F-007 - SNT-F-009 in 5 steps.
    It covers SNT-F-010 / SNT-F-011 at large. Tests V8 and x86 too.
    Does not cover SNT-F-093.
    Covers SNT-F-012,
    SNT-F-013
    """
"###;
    see_specification: "tests/Unit/ProfileTest.php" => r###"
<?php

/**
 * @see docs/mil-std-498/SRS.md PRF-F-001, PRF-F-002
 * @see docs/mil-std-498/STD.md PRF-T-090
 * @see `docs/system-requirements.md` PRF-F-003 for more
 */

use Shop\Profile;

/** @see SRS PRF-F-004 */
test('shows a name', function () {});

/** @see Profile::PRF-F-091 */
test('hides a name', function () {});
"###;
    see_specification_in_a_source: "src/Profile.php" => r###"
<?php

/** @see docs/SRS.md PRF-F-001 */
class Profile {}

// Covers PRF-F-002
function show() {}
"###;
    missing_revision: "src/loader.rs" => r###"
// [impl->swdd~loads-a-file~]
fn load() {}

#[cfg(test)]
mod tests {
    // [utest->swdd~loads-a-file~]
    // [utest->swdd~stores-a-file, swdd~closes-a-file~1]
    #[test]
    fn loads() {}
}
"###;
}

#[test]
fn only_files_of_tests_have_tests_in_go() {
    let source = "package kiln\n\nfunc TestHeats(t *testing.T) {\n\tt.Run(\"by gas\", func(t *testing.T) {})\n}\n\nfunc Fire() {\n\tpipes.Run(\"gas\", \"-v\")\n}\n";
    for path in ["kiln/fire.go", "kiln/tests/fire.go"] {
        let found = listing(path, source);
        assert!(!found.lines().any(|line| line.starts_with("Test ")), "{path}: {found}");
    }
    assert!(listing("kiln/fire_test.go", source).contains("Test TestHeats::by_gas"));
}

#[test]
fn signs_like_a_fence_in_a_description_begin_no_string() {
    let text = "Feature: Kiln\n\n  Scenario: Heats\n\n  ```\n  It heats (REQ-1).\n\n    Given a kiln\n    \"\"\"\n    Scenario: no scenario\n    \"\"\"\n    Then it is hot\n\n  @REQ-2\n  Scenario: Cools\n    Given a kiln\n";
    let found = listing("features/kiln.feature", text);
    assert!(found.contains("Test Kiln::Heats") && found.contains("Test Kiln::Cools"), "{found}");
    assert!(!found.contains("no scenario") && found.contains("REQ-2"), "{found}");
}
